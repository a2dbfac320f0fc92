"""Reviews of Google, Google Play and Trustpilot: each once, by its day, and never who wrote it."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from reading_help import Read, csv_text, read_file
from test_sheet import make_xlsx, make_zip

from connectors.google_reviews import original
from connectors.reading import examine
from data.model import Answers, UserError

PLACE = Answers("google_business:Lumen")
GOOGLE = {"name": "accounts/1/locations/2/reviews/r1", "reviewer": {"displayName": "Nadia Exemple"},
          "starRating": "FOUR", "comment": "Bright", "createTime": "2026-01-05T23:40:10.5Z"}  # fmt: skip


def google(*reviews: dict[str, Any], key: str = "reviews") -> str:
    return json.dumps({key: reviews, "averageRating": 4})


def test_stars_are_words() -> None:
    stars = ["ONE", "TWO", "THREE", "FOUR", "FIVE"]
    reviews = [{**GOOGLE, "name": f"a/{place}", "starRating": word} for place, word in enumerate(stars)]
    assert read_file("reviews.json", google(*reviews), PLACE).column("rating") == [1, 2, 3, 4, 5]


def test_a_google_review_has_its_id_with_or_without_a_path() -> None:
    for review in (GOOGLE, {**GOOGLE, "reviewId": "r1"}):
        (statement,) = read_file("reviews.json", google(review), PLACE).statements
        assert (statement.values["review_id"], statement.values["day"]) == ("r1", date(2026, 1, 6))


def test_when_a_google_review_was_answered_is_kept_and_the_answer_is_not() -> None:
    reply = {"comment": "Thank you Nadia", "updateTime": "2026-01-07T08:00:00Z"}
    read = read_file("reviews.json", google({**GOOGLE, "reviewReply": reply}, GOOGLE), PLACE)
    assert read.column("answered_at") == [datetime(2026, 1, 7, 8), None]
    assert "Thank you" not in str(read.statements)


@pytest.mark.parametrize(
    "text",
    ["(Translated by Google) A fine shop\n\n(Original)\nUne belle boutique",
     "Une belle boutique\n\n(Translated by Google)\nA fine shop", "Une belle boutique"],
)  # fmt: skip
def test_the_words_that_were_written_are_kept(text: str) -> None:
    assert original(text) == "Une belle boutique"


def test_the_reviews_of_a_whole_takeout_are_read() -> None:
    files = {"Takeout/Profile/location-2/reviews.json": google(GOOGLE).encode(),
             "Takeout/Profile/location-2/data.json": b'{"title": "Lumen"}'}  # fmt: skip
    read = read_file("takeout.zip", make_zip(files), PLACE)
    assert (len(read.statements), read.problems) == (1, [])


PLAY = ["Package Name", "Review Submit Date and Time", "Review Submit Millis Since Epoch",
        "Review Last Update Date and Time", "Star Rating", "Review Text", "Developer Reply Date and Time",
        "Review Link"]  # fmt: skip
FIRST = ["example.lumen", "2026-02-28T23:30:00Z", "1772321400123", "2026-03-01T08:00:00Z", "2", "Dim", "", ""]
AGAIN = ["example.lumen", "2026-02-28T23:30:00Z", "1772321400123", "2026-03-05T08:00:00Z", "4", "Bright", "", ""]


@pytest.mark.parametrize("rows", [[FIRST, AGAIN], [AGAIN, FIRST]])
def test_of_a_review_on_google_play_the_last_update_is_kept(rows: list[list[str]]) -> None:
    (statement,) = read_file("reviews.csv", csv_text([PLAY, *rows])).statements
    assert (statement.values["rating"], statement.values["text"]) == (4, "Bright")
    assert statement.values["day"] == date(2026, 3, 1), "the day in Paris on which it was first written"


def test_a_later_file_of_google_play_is_newer() -> None:
    newer, older = (examine("reviews.csv", csv_text([PLAY, row]).encode()).export.as_of for row in (AGAIN, FIRST))
    assert newer and older and newer > older


def test_reviews_of_several_apps_are_of_each() -> None:
    read = read_file("reviews.csv", csv_text([PLAY, FIRST, ["example.candle", *FIRST[1:]]]))
    assert read.column("account") == ["google_play:example.lumen", "google_play:example.candle"]


def test_the_file_of_the_bucket_is_read_in_its_encoding() -> None:
    content = ("\ufeff" + csv_text([PLAY, FIRST])).encode("utf-16-le")
    assert read_file("reviews.csv", content).column("text") == ["Dim"]


TRUST = ["Review Id", "Review Created (UTC)", "Review Username", "Review User Email", "Review Title",
         "Review Content", "Review Stars", "Reference Id", "Domain URL", "Company Reply Date (UTC)"]  # fmt: skip
LOVELY = ["64a1", "2026-01-05 23:40:10", "Nadia Exemple", "nadia@mail.example", "Lovely", "In one piece", "5",
          "100245", "https://www.lumen.example/shop", "2026-01-06 08:00:00"]  # fmt: skip


def said(read: Read) -> list[Any]:
    return [statement.values for statement in read.statements]


def test_a_review_on_trustpilot_is_of_the_site_and_of_nobody() -> None:
    read = read_file("reviews.csv", csv_text([TRUST, LOVELY]))
    (values,) = said(read)
    assert values["account"] == "trustpilot:lumen.example"
    assert (values["rating"], values["title"], values["day"]) == (5, "Lovely", date(2026, 1, 6))
    assert values["answered_at"] == datetime(2026, 1, 6, 8)
    told = str(read.statements).lower()
    assert not any(word in told for word in ("nadia", "mail.example", "100245"))


def test_other_headers_of_trustpilot_say_the_same() -> None:
    header = ["Review ID", *TRUST[1:9], "Business Reply Date (UTC)"]
    expected = said(read_file("reviews.csv", csv_text([TRUST, LOVELY])))
    assert said(read_file("reviews.csv", csv_text([header, LOVELY]))) == expected
    assert said(read_file("reviews.csv", csv_text([TRUST[::-1], LOVELY[::-1]]))) == expected


def test_a_workbook_of_trustpilot_says_the_same() -> None:
    written, answered = datetime(2026, 1, 5, 23, 40, 10), datetime(2026, 1, 6, 8)
    cells = [LOVELY[0], written, *LOVELY[2:6], 5, *LOVELY[7:9], answered]
    read = read_file("reviews.xlsx", make_xlsx([TRUST, cells]))
    assert said(read) == said(read_file("reviews.csv", csv_text([TRUST, LOVELY])))


def test_the_account_of_trustpilot_is_asked_where_no_site_is_named() -> None:
    content = csv_text([TRUST[:8], LOVELY[:8]]).encode()
    assert [question.about for question in examine("reviews.csv", content).questions] == ["account"]


def test_a_list_of_who_was_invited_is_not_claimed() -> None:
    with pytest.raises(UserError):
        examine("invitations.csv", csv_text([["Reference Id", "Recipient Email"], ["1", "a@b.example"]]).encode())
