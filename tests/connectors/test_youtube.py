"""YouTube Studio: what a table counts and since when, totals and footers, days, and files of others."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from reading_help import Read, csv_text, read_file
from test_sheet import make_zip

from connectors.reading import examine
from connectors.youtube import named_period, total
from data.model import Answers, Check, UserError

MINE = Answers(account="youtube:lumen", as_of=datetime(2025, 7, 1), since=date(2025, 6, 1))
HEADER = ["Content", "Video title", "Video publish time", "Views", "Watch time (hours)", "Likes"]
TOTAL = ["Total", "", "", "70", "1.5", "9"]
OLD = ["a1-_bcdefgh", "Lamps, old and new", "May 31, 2025", "40", "0.75", "5"]
NEW = [" -bcdefghijk", "Total", "Jun 1, 2025", "20", "0.5", "4"]
TABLE = [HEADER, TOTAL, OLD, NEW]


def table(rows: list[list[str]] = TABLE, answers: Answers = MINE) -> Read:
    return read_file("Table data.csv", csv_text(rows), answers)


def test_a_video_says_its_id_its_title_and_its_counts() -> None:
    old, new = table().statements
    assert old.table == "posts"
    assert old.values["post_id"] == "a1-_bcdefgh"
    assert old.values["link"] == "https://www.youtube.com/watch?v=a1-_bcdefgh"
    assert (old.values["text"], old.values["kind"]) == ("Lamps, old and new", "video")
    assert (old.values["views"], old.values["watch_seconds"], old.values["reactions"]) == (40, 2700, 5)
    assert (old.values["day"], old.values.get("published_at")) == (date(2025, 5, 31), None)
    assert new.values["post_id"] == "-bcdefghijk", "the space that guards a hyphen is no part of the id"


def test_a_video_older_than_the_period_is_counted_from_its_first_day() -> None:
    assert table().column("counted_from") == [date(2025, 6, 1), None]


def test_a_video_without_a_day_may_be_older_than_the_period() -> None:
    (statement,) = table([HEADER, [*OLD[:2], "", *OLD[3:]]]).statements
    assert statement.values["counted_from"] == date(2025, 6, 1)


@pytest.mark.parametrize("place", [1, 2, 3])
def test_the_total_is_no_video_wherever_it_stands(place: int) -> None:
    rows = [HEADER, OLD, NEW]
    rows.insert(place, TOTAL)
    read = table(rows)
    assert read.column("post_id") == ["a1-_bcdefgh", "-bcdefghijk"]
    assert not read.problems


def test_a_video_called_total_is_a_video() -> None:
    assert not total(NEW)
    assert total(["Ge\u00adsamt", None, 3.5])
    assert total(["", "1,2", "Total"])


@pytest.mark.parametrize(
    "footer",
    ["Showing top 500 results", "Die 500 besten Ergebnisse werden angezeigt",
     "Mostrando os primeiros 500 resultados", "Affichage des 500 premiers résultats"],
)  # fmt: skip
def test_a_list_cut_short_is_told(footer: str) -> None:
    read = table([*TABLE, [footer]])
    assert len(read.statements) == 2
    (problem,) = read.problems
    assert (problem.found, problem.row) == (footer, 5)


def test_net_subscribers_of_a_video_stay_under_their_name_and_gained_ones_are_follows() -> None:
    rows = [[*HEADER, "Subscribers", "Subscribers gained"], [*OLD, "-2", "3"]]
    (statement,) = table(rows).statements
    assert statement.others == {"Subscribers": -2}
    assert statement.values["follows"] == 3


def test_an_id_that_a_spreadsheet_replaced_costs_its_row_and_is_told() -> None:
    read = table([HEADER, ["#NAME?", *OLD[1:]], NEW])
    assert len(read.statements) == 1
    (problem,) = read.problems
    assert (problem.found, problem.column, problem.row) == ("#NAME?", "Content", 2)


def test_a_table_alone_asks_for_its_period() -> None:
    examined = examine("Table data.csv", csv_text(TABLE).encode())
    assert [question.about for question in examined.questions] == ["account", "as_of", "since"]


def test_the_period_is_that_of_the_days_beside_the_table() -> None:
    totals = "Date,Views\n2025-06-01,30\n2025-06-02,40\n"
    content = make_zip({"Table data.csv": csv_text(TABLE).encode(), "Totals.csv": totals.encode()})
    read = read_file("download.zip", content, Answers(account="youtube:lumen"))
    assert not read.examined.questions
    assert read.column("counted_from")[:2] == [date(2025, 6, 1), None]
    days = [statement for statement in read.statements if statement.table == "account_days"]
    assert [(day.values["day"], day.values["views"]) for day in days] == [
        (date(2025, 6, 1), 30),
        (date(2025, 6, 2), 40),
    ]


def test_the_period_is_that_of_the_name_when_no_file_has_days() -> None:
    content = make_zip({"Table data.csv": b"Geography,Views,Watch time (hours)\nTotal,5,1\nFR,5,1\n"})
    read = read_file("Geography 2025-06-01_2025-06-30 Lumen.zip", content)
    (statement,) = read.statements
    assert (statement.values["first_day"], statement.values["last_day"]) == (
        date(2025, 6, 1),
        date(2025, 6, 30),
    )
    assert (statement.values["dimension"], statement.values["member"]) == ("country", "FR")
    assert read.examined.export.accounts[0].key == "youtube:lumen"
    assert named_period("Geography 2025-13-01_2025-06-40 Lumen.zip") is None


def test_a_chart_says_the_views_of_a_country_by_day() -> None:
    read = read_file("Chart data.csv", "Date,Geography,Views\n2025-06-01,FR,3\n2025-06-02,NA,0\n", MINE)
    assert read.column("member") == ["FR", "NA"], "NA is Namibia"
    assert read.column("first_day") == read.column("last_day") == [date(2025, 6, 1), date(2025, 6, 2)]
    assert read.column("views") == [3, 0], "zero is stated"


def test_the_subscribers_of_a_day_are_the_net_gain() -> None:
    text = "Date,Views,Subscribers,Subscribers lost\n2025-06-01,9,-1,4\n"
    (statement,) = read_file("Totals.csv", text, MINE).statements
    assert (statement.values["net_follows"], statement.values["unfollows"]) == (-1, 4)


def test_days_re_saved_day_first_are_read_as_such() -> None:
    read = read_file("Totals.csv", "Date;Views\r\n12-06-2025;7\r\n13-06-2025;8\r\n", MINE)
    assert read.column("day") == [date(2025, 6, 12), date(2025, 6, 13)]


def test_columns_in_another_order_and_a_semicolon_change_nothing() -> None:
    backwards = [row[::-1] for row in TABLE]
    resaved = csv_text([HEADER, *([c.replace(".", ",") for c in row] for row in TABLE[1:])], ";")
    expected = [statement.values for statement in table().statements]
    for content in (csv_text(backwards), resaved.encode("cp1252")):
        assert [s.values for s in read_file("renamed.txt", content, MINE).statements] == expected


@pytest.mark.parametrize(
    "text",
    ["Date,Views,Profile views\n2025-06-01,1,2\n", "Date,Likes\n2025-06-01,1\n", "Content,Views\nx,1\n",
     "Date,Video views,Likes,Comments,Shares\n2025-06-01,1,2,3,4\n"],
)  # fmt: skip
def test_days_and_contents_of_others_are_not_claimed(text: str) -> None:
    with pytest.raises(UserError):
        read_file("Overview.csv", text, MINE)


STACKED = """Lumen
Content,Video title,Views,Watch time (hours)
Total,,70,1.5
a1-_bcdefgh,Lamps,40,0.75

Atelier
Content,Video title,Views,Watch time (hours)
Total,,9,0.25
zzzzzzzzzz1,Kiln,9,0.25
Showing top 500 results
"""


def test_a_table_of_several_channels_is_read_channel_by_channel() -> None:
    read = read_file("Table data.csv", STACKED, Answers(as_of=MINE.as_of, since=MINE.since))
    said = [(s.values["account"], s.values["post_id"], s.values["views"]) for s in read.statements]
    assert said == [("youtube:lumen", "a1-_bcdefgh", 40), ("youtube:atelier", "zzzzzzzzzz1", 9)]
    assert [account.name for account in read.examined.export.accounts] == ["Lumen", "Atelier"]
    assert [problem.row for problem in read.problems] == [10], "the list of one of them is cut short"
    found = examine("a.csv", STACKED.encode(), Answers(as_of=MINE.as_of, since=MINE.since)).statements("UTC")
    assert [(c.declared, c.read) for c in found if isinstance(c, Check)] == [(70, 40), (9, 9)]


def test_a_repeated_table_that_does_not_name_its_channel_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        examine("Table data.csv", STACKED.replace("\nAtelier\n", "\n").encode())
    assert "Content, Video title, Views" in str(refused.value)


@pytest.mark.parametrize(
    "header",
    [
        "Videos,Videotitel,Veröffentlichungs\u00adzeitpunkt des Videos,Aufrufe,Wiedergabezeit (Stunden),Impressionen",
        "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Visualizações,Tempo de exibição (horas),Impressões",
        "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Vues,Durée de visionnage (heures),Impressions",
        "Content,Video title,Video publish time,Views,Watch time (hours),Thumbnail impressions",
    ],
)
def test_the_same_table_in_four_languages_says_the_same(header: str) -> None:
    total = "Ge\u00adsamt" if header.startswith("Videos") else "Total"
    text = f'{header}\n{total},,,40,0.75,300\na1-_bcdefgh,Lamps,"May 31, 2025",40,0.75,300\n'
    (video,) = read_file("table.csv", text, MINE).statements
    assert (video.values["views"], video.values["impressions"], video.values["watch_seconds"]) == (40, 300, 2700)
    assert video.values["day"] == date(2025, 5, 31)


def test_videos_whose_titles_stand_under_another_header_are_videos_all_the_same() -> None:
    read = table([[HEADER[0], "Titre ?", *HEADER[2:]], TOTAL, OLD, NEW])
    assert [(s.table, s.values["post_id"], s.values["views"]) for s in read.statements] == [
        ("posts", "a1-_bcdefgh", 40), ("posts", "-bcdefghijk", 20),
    ]  # fmt: skip


def test_a_list_of_other_things_under_that_header_is_not_of_videos() -> None:
    content = csv_text([["Content", "Views"], ["Shorts", "4"], ["Live", "2"]])
    with pytest.raises(UserError):
        examine("Table data.csv", content.encode(), MINE)
