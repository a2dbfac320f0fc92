"""Posts from Meta Business Suite: Pacific time, collaborations, views that are not there, counts by day."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

import pytest
import xlsxwriter
from reading_help import csv_text, read_file

from connectors.meta_facebook_posts import CONNECTOR as FACEBOOK
from connectors.meta_facebook_posts import kind as facebook_kind
from connectors.meta_instagram import CONNECTOR as INSTAGRAM
from connectors.meta_instagram import kind as instagram_kind
from connectors.reading import examine
from connectors.sheet import open_book
from data.model import Account, Answers, UserError

ASKED = Answers(as_of=datetime(2026, 4, 15))
FB = ["Post ID", "Page ID", "Page name", "Title", "Description", "Publish time", "Permalink", "Post type"]
FB += ["Data comment", "Date", "Reactions", "Reach", "Views", "Views"]
PAGE = ["1044", "Maison Lumen"]
IG = ["Post ID", "Account ID", "Account username", "Account name", "Description", "Publish time", "Permalink"]
IG += ["Post type", "Data comment", "Date", "Reach", "Likes", "Saves"]


def facebook(*rows: Sequence[object]) -> str:
    return "\ufeff" + csv_text([FB, *rows])


def post(number: int, *counts: object, when: str = "03/18/2026 12:59", period: str = "Lifetime") -> list[object]:
    return [
        number,
        *PAGE,
        "Titre",
        "Légende",
        when,
        "https://www.facebook.com/p/1",
        "Photos",
        "",
        period,
        *counts,
    ]


@pytest.mark.parametrize(
    ("printed", "utc"),
    [
        ("01/14/2026 23:30", datetime(2026, 1, 15, 7, 30)),  # winter: eight hours
        ("07/14/2026 23:30", datetime(2026, 7, 15, 6, 30)),  # summer: seven
        ("03/08/2026 01:59", datetime(2026, 3, 8, 9, 59)),  # the clocks of California go forward at two
        ("03/08/2026 03:01", datetime(2026, 3, 8, 10, 1)),
    ],
)
def test_publish_times_are_pacific_whatever_the_language(printed: str, utc: datetime) -> None:
    day_that_settles_the_order = post(2, 1, 1, 1, 0, when="12/31/2025 10:00")
    rows = facebook(post(1, 1, 1, 1, 0, when=printed), day_that_settles_the_order)
    assert read_file("a.csv", rows, ASKED).column("published_at")[0] == utc


def test_months_stand_before_days_where_no_time_tells_the_order() -> None:
    examined = examine("a.csv", facebook(post(1, 1, 1, 1, 0, when="03/04/2026 10:00")).encode())
    assert [question.about for question in examined.questions] == ["as_of"]
    read = read_file("a.csv", facebook(post(1, 1, 1, 1, 0, when="03/04/2026 10:00")), ASKED)
    assert read.column("day") == [date(2026, 3, 4)]


FRENCH = ["Identifiant de la publication", "ID du compte", "Nom de profil du compte", "Nom du compte", "Description"]
FRENCH += ["Heure de publication", "Permalien", "Type de publication", "Commentaire des données", "Date", "Couverture"]
FRENCH += ["Mentions J\u2019aime", "Enregistrements"]
PORTUGUESE = [
    "Identificação do post",
    "Identificação da conta",
    "Nome de usuário da conta",
    "Nome da conta",
    "Descrição",
]
PORTUGUESE += ["Horário de publicação", "Link permanente", "Tipo de post", "Comentário de dados", "Data", "Alcance"]
PORTUGUESE += ["Curtidas", "Salvamentos"]


@pytest.mark.parametrize("header", [FRENCH, PORTUGUESE])
def test_translated_headers_do_not_put_days_before_months(header: list[str]) -> None:
    row = ["18020000000000101", "17841400000000017", "maison.lumen", "Maison Lumen", "", "03/18/2026 22:59"]
    row += ["https://www.instagram.com/p/a/", "Image IG", "", "Total", 37, 2, 1]
    again = ["18020000000000102", *row[1:5], "03/04/2026 10:00", *row[6:]]
    for rows in ([row, again], [again]):
        read = read_file("a.csv", csv_text([header, *rows]), ASKED)
        assert read.column("day")[-1] == date(2026, 3, 4)
        assert (read.column("reach")[-1], read.column("reactions")[-1], read.column("saves")[-1]) == (37, 2, 1)


def test_a_first_number_above_12_is_a_day_all_the_same() -> None:
    rows = facebook(post(1, 1, 1, 1, 0, when="18/03/2026 10:00"), post(2, 1, 1, 1, 0, when="03/04/2026 10:00"))
    assert read_file("a.csv", rows, ASKED).column("day") == [date(2026, 3, 18), date(2026, 4, 3)]


def saved_again(*rows: Sequence[object]) -> bytes:
    """A workbook with dates that are dates."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([FB, *rows]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_a_workbook_in_which_months_became_days_is_refused() -> None:
    good = post(1, 1, 1, 1, 0, when="03/18/2026 10:00")  # what a day-first spreadsheet leaves as text
    swapped = [2, *good[1:5], datetime(2026, 4, 3, 10), *good[6:]]
    with pytest.raises(UserError, match="months for days in some of the times under “Publish time”"):
        examine("a.xlsx", saved_again(good, swapped))
    assert examine("a.xlsx", saved_again(swapped)).connector is FACEBOOK  # a month-first spreadsheet reads them all


def test_a_post_of_the_evening_in_california_is_of_the_next_day_in_paris() -> None:
    read = read_file("a.csv", facebook(post(1, 1, 1, 1, 0, when="03/18/2026 22:00")), ASKED)
    assert read.column("day") == [date(2026, 3, 19)]


def test_of_two_columns_of_views_the_one_that_states_something_is_read() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 0, 55), post(2, 0, 9, 14, 0)), ASKED)
    assert read.column("views") == [55, 14]
    assert read.problems == []


def test_views_of_0_under_a_reach_are_not_stated_and_said_once() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 0, 0), post(2, 0, 9, 0, 0)), ASKED)
    assert read.column("views") == [None, None]
    assert read.column("reach") == [37, 9]
    assert [(p.row, p.column) for p in read.problems] == [(1, "Views")]


def test_views_of_0_that_reached_nobody_are_0() -> None:
    read = read_file("a.csv", facebook(post(1, 0, 0, 0, 0)), ASKED)
    assert read.column("views") == [0]
    assert read.problems == []


def test_views_of_0_of_one_post_under_its_reach_are_not_stated() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 50, 0), post(2, 0, 9, 0, 0), post(3, 0, 0, 0, 0)), ASKED)
    assert read.column("views") == [50, None, 0]
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Views", "0")]


def test_a_row_shorter_than_its_header_is_read_as_far_as_it_goes() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 50, 0), post(2, 4)), ASKED)
    assert read.column("reactions") == [2, 4]
    assert read.column("reach") == [37, None]


def test_a_post_that_meta_could_not_compute_is_a_problem_with_its_reason() -> None:
    reason = "An error occurred while computing metadata for content with ID 8."
    error = ["", *PAGE, "", "", "", "", "", reason, "Lifetime", "", "", "", ""]
    read = read_file("a.csv", facebook(post(1, 2, 37, 50, 0), error), ASKED)
    assert len(read.statements) == 1
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Post ID", reason)]


def test_a_post_with_an_id_that_meta_could_not_compute_is_left_out() -> None:
    reason = "An error occurred while computing metadata for content with ID 8."
    error = [8, *PAGE, "", "", "", "", "", reason, "Lifetime", "", "", "", ""]
    read = read_file("a.csv", facebook(post(1, 2, 37, 50, 0), error), ASKED)
    assert read.column("post_id") == ["1"]
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Data comment", reason)]


@pytest.mark.parametrize("header", [FB, IG])
def test_counts_by_day_are_refused_with_one_problem_that_says_what_to_export(header: list[str]) -> None:
    row = ["1" if h.endswith("ID") else "03/18/2026 12:59" if h == "Publish time" else "5" for h in header]
    row[header.index("Date")] = "03/19/2026"
    read = read_file("a.csv", csv_text([header, row, row]), ASKED)
    assert read.statements == []
    (problem,) = read.problems
    assert (problem.column, problem.found) == ("Date", "03/19/2026")
    assert "Lifetime" in str(problem.expected)


def test_the_text_is_the_title_or_without_one_the_description() -> None:
    without = [*post(2, 1, 1, 1, 0)[:3], "", "Légende", *post(2, 1, 1, 1, 0)[5:]]
    read = read_file("a.csv", facebook(post(1, 1, 1, 1, 0), without), ASKED)
    assert read.column("text") == ["Titre", "Légende"]


@pytest.mark.parametrize(
    ("printed", "link", "kind"),
    [
        ("Vidéos", "https://www.facebook.com/reel/1/", "reel"),
        ("Vidéos", "https://www.facebook.com/page/videos/1/", "video"),
        ("Photos", "", "photo"),
        ("Événements", "", "other"),
        (None, "", None),
    ],
)
def test_a_facebook_post_is_of_the_kind_its_link_or_its_type_says(
    printed: str | None, link: str, kind: str | None
) -> None:
    assert facebook_kind(printed, link) == kind


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("IG image", "photo"), ("Image IG", "photo"), ("Reel IG", "reel"), ("Carrousel IG", "carousel"),
     ("IG carousel", "carousel"), ("IG story", "story"), ("IG live", "other"), (None, None),
     ("Imagem do Instagram", "photo"), ("Reel do Instagram", "reel"), ("Carrossel do Instagram", "carousel")],
)  # fmt: skip
def test_an_instagram_type_is_known_in_every_language(printed: str | None, kind: str | None) -> None:
    assert instagram_kind(printed) == kind


def test_posts_of_several_pages_and_accounts_stay_with_their_own() -> None:
    ours = ["18020000000000101", "17841400000000017", "maison.lumen", "Maison Lumen", "", "03/18/2026 12:59"]
    theirs = ["18020000000000102", "17841400000000029", "ormeau", "Ormeau", "", "03/19/2026 12:59"]
    rest = ["https://www.instagram.com/p/a/", "IG image", "", "Lifetime", 10, 2, 1]
    again = ["18020000000000103", *ours[1:]]
    read = read_file("a.csv", csv_text([IG, [*ours, *rest], [*theirs, *rest], [*again, *rest]]), ASKED)
    assert read.examined.export.accounts == (
        Account("instagram", "maison.lumen", "Maison Lumen"),
        Account("instagram", "ormeau", "Ormeau"),
    )
    assert read.column("account") == ["instagram:maison.lumen", "instagram:ormeau", "instagram:maison.lumen"]
    assert read.column("post_id")[0] == "18020000000000101"  # beyond what a spreadsheet's number can hold


def test_an_account_is_known_by_its_id_when_its_name_has_changed_or_is_missing() -> None:
    rest = ["", "03/18/2026 12:59", "https://www.instagram.com/p/a/", "IG image", "", "Lifetime", 10, 2, 1]
    named = [("17841400000000017", "maison.lumen"), ("17841400000000017", "maison_lumen_paris")]
    named += [("17841400000000017", "maison.lumen"), ("17841400000000017", ""), ("17841400000000029", "")]
    rows = [[f"1802000000000010{n}", *account, "Maison Lumen", *rest] for n, account in enumerate(named)]
    read = read_file("a.csv", csv_text([IG, *rows]), ASKED)
    assert read.column("account") == ["instagram:maison.lumen"] * 4 + ["instagram:17841400000000029"]
    assert [a.key for a in read.examined.export.accounts] == ["instagram:maison.lumen", "instagram:17841400000000029"]


def test_a_line_of_a_broken_text_is_no_post() -> None:
    read = read_file("a.csv", facebook(post(1, 2, 37, 50, 0), ["et son ombre"]), ASKED)
    assert read.column("post_id") == ["1"]
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Post ID", "et son ombre")]


ENGLISH = ["Post ID", "Page ID", "Page name", "Title", "Description", "Duration (secs)", "Publish time", "Permalink"]
ENGLISH += ["Post type", "Date", "Reach", "Reactions, comments and shares", "Reactions", "Comments", "Shares"]
IN_FRENCH = ["Identifiant de la publication", "ID de la Page", "Nom de la page", "Titre", "Description", "Durée (s)"]
IN_FRENCH += ["Heure de publication", "Permalien", "Type de publication", "Date", "Couverture"]
IN_FRENCH += ["Réactions, commentaires et partages", "Réactions", "Commentaires", "Partages"]
IN_PORTUGUESE = ["Identificação do post", "Identificação da Página", "Nome da Página", "Título", "Descrição"]
IN_PORTUGUESE += ["Duração (s)", "Horário de publicação", "Link permanente", "Tipo de post", "Data", "Alcance"]
IN_PORTUGUESE += ["Reações, comentários e compartilhamentos", "Reações", "Comentários", "Compartilhamentos"]


@pytest.mark.parametrize("header", [ENGLISH, IN_FRENCH, IN_PORTUGUESE])
def test_facebook_posts_are_the_same_in_every_language_and_order_of_columns(header: list[str]) -> None:
    row = ["801", "1044", "Maison Lumen", "Titre", "", 12, "03/18/2026 12:59", "https://www.facebook.com/reel/1/"]
    row += ["Photos", "Total", 37, 9, 5, 3, 1]
    forward = read_file("a.csv", csv_text([header, row]), ASKED)
    backward = read_file("a.csv", csv_text([header[::-1], row[::-1]]), ASKED)
    assert forward.statements == backward.statements
    (said,) = forward.statements
    counts = {key: said.values[key] for key in ("reach", "engagements", "reactions", "comments", "shares")}
    assert counts == {"reach": 37, "engagements": 9, "reactions": 5, "comments": 3, "shares": 1}
    assert (said.values["account"], said.values["kind"], said.values["text"]) == ("facebook:1044", "reel", "Titre")


def test_an_id_that_a_spreadsheet_rounded_is_refused() -> None:
    read = read_file("a.csv", facebook(["8,01E+14", *post(1, 2, 37, 50, 0)[1:]]), ASKED)
    assert read.statements == []
    assert [(p.row, p.column, p.found) for p in read.problems] == [(2, "Post ID", "8,01E+14")]


@pytest.mark.parametrize(
    "header",
    [
        ["Page ID", "Page name", "Data comment", "Date", "Unique user engagements"],
        [
            "Video asset ID",
            "Universal video ID",
            "Page ID",
            "Page name",
            "Title",
            "Publish time",
            "Reach",
            "Reactions",
        ],
    ],
)
def test_the_exports_of_a_page_and_of_videos_are_other_formats(header: list[str]) -> None:
    book = open_book("a.csv", csv_text([header, ["1"] * len(header)]).encode())
    assert FACEBOOK.found_in(book) == INSTAGRAM.found_in(book) == []


def test_days_that_a_spreadsheet_may_have_swapped_with_months_are_refused() -> None:
    rows = post(1, 1, 1, 1, 0, when="03/02/2026 03:00:00"), post(2, 1, 1, 1, 0, when="01/14/2026 23:30")
    read = read_file("a.csv", facebook(*rows), ASKED)
    assert read.column("day") == [None, date(2026, 1, 15)]
    assert [(problem.row, problem.found) for problem in read.problems] == [(2, "03/02/2026 03:00:00")]
    alone = read_file("a.csv", facebook(post(1, 1, 1, 1, 0, when="03/02/2026 03:00:00")), ASKED)
    assert alone.column("day") == [None], "Meta prints no seconds"
    assert "swapped" in str(alone.problems[0].expected)


def test_a_row_without_a_page_id_is_of_no_other_page() -> None:
    other = post(2, 1, 1, 1, 0)
    other[1], other[2] = "", "Lumen Outlet"
    read = read_file("a.csv", facebook(post(1, 1, 1, 1, 0), other), ASKED)
    assert read.column("post_id") == ["1"]
    assert [problem.row for problem in read.problems] == [3]
