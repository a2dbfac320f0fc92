"""How a table is read by what its user has said of it: never a wrong number in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_help import Read, csv_text, read_file, workbook

from connectors.base import Ask
from connectors.mapping import Meant, TableMapping, read_mapping
from connectors.meanings import ASIDE, OTHERS
from connectors.reading import describe, examine, read_kept, title_of
from data.model import Account, Answers, Problem, Statement, UserError

TABLES = Path(__file__).parents[1] / "tables"
MADE = datetime(2026, 2, 1)
DAYS = [["Jour", "Abonnés", "Vues"], ["2026-01-05", 10, 3], ["2026-01-06", 12, 4]]
POSTS = [
    ["Jour", "Texte", "Lien", "Likes"],
    ["2026-01-05", "Une lampe", "https://www.linkedin.com/feed/update/urn:li:share:7412345678901234567", 3],
    ["2026-01-06", "Deux lampes", "https://www.linkedin.com/posts/lumen-1", 4],
]


def mapping(rows: Sequence[Sequence[object]] = DAYS, **change: object) -> TableMapping:
    """What is proposed for a table, with changes."""
    return replace(describe("table.csv", csv_text(rows).encode()).mapping, **change)  # type: ignore[arg-type]


def meaning(said: TableMapping, **means: str) -> TableMapping:
    """The mapping with other meanings, by header."""
    return replace(said, columns=tuple(Meant(c.header, means.get(c.header, c.means)) for c in said.columns))


def read(rows: Sequence[Sequence[object]], said: TableMapping | None = None, account: str = "linkedin:lumen") -> Read:
    answers = Answers(account or None, MADE, mapping=(said or mapping(rows)).toml())
    return read_file("table.csv", csv_text(rows), answers)


def sample(name: str, account: str | None = None, order: str | None = None) -> Read:
    content = (TABLES / name).read_bytes()
    answers = Answers(account, MADE, order, mapping=describe(name, content).mapping.toml())
    examined = examine(name, content, answers)
    items = list(examined.statements("Europe/Paris"))
    problems = [item for item in items if isinstance(item, Problem)]
    return Read(examined, [item for item in items if not isinstance(item, Problem)], problems)  # type: ignore[misc]


def told(problem: Problem) -> tuple[int | None, str, str, str]:
    return problem.row, problem.column, problem.found, str(problem.expected)


def test_days_are_read_for_the_account_of_their_network() -> None:
    found = sample("suivi.csv", "facebook:1000,instagram:lumen")
    assert [(*map(s.values.get, ("account", "followers", "reach")), s.values["day"].day) for s in found.statements] == [
        ("facebook:1000", 1250, 210, 5), ("facebook:1000", 1262, 220, 6), ("facebook:1000", 1270, 200, 13),
        ("instagram:lumen", 2480, 800, 5), ("instagram:lumen", 2500, 820, 6),
    ]  # fmt: skip
    assert [s.origin.row for s in found.statements] == [4, 6, 8, 5, 7]


def test_an_undated_total_row_is_a_problem_and_no_figure() -> None:
    assert [told(p) for p in sample("suivi.csv", "facebook:1000,instagram:lumen").problems] == [
        (9, "Réseau", "", "the name of a network")
    ]
    totals = [["Jour", "Abonnés"], ["2026-01-05", 5], ["Total", 5], ["", 5]]
    assert [told(p) for p in read(totals).problems] == [
        (3, "Jour", "Total", "a date"), (4, "Jour", "", "a value in this column"),
    ]  # fmt: skip


def test_an_account_of_each_network_is_asked_for() -> None:
    (account,) = examine(
        "suivi.csv", (TABLES / "suivi.csv").read_bytes(), Answers(mapping=mapping_of("suivi.csv"))
    ).questions
    assert (account.about, account.networks, account.each) == ("account", ("facebook", "instagram"), True)


def mapping_of(name: str) -> str:
    return describe(name, (TABLES / name).read_bytes()).mapping.toml()


def test_posts_are_read_with_their_kind_and_the_accounts_that_rows_name() -> None:
    found = sample("sprout.csv")
    assert [s.values["account"] for s in found.statements] == [
        "instagram:maison.lumen", "facebook:Maison Lumen", "x:maison_lumen",
    ]  # fmt: skip
    assert found.column("kind") == ["photo", "photo", "text"]
    assert found.column("impressions") == [1240, 2240, 900]
    assert found.examined.export.accounts[2] == Account("x", "maison_lumen", "Maison_Lumen")


def test_the_order_of_day_and_month_is_that_of_all_rows_not_of_one_network() -> None:
    found = sample("sprout.csv", order="dmy")  # the row of Instagram alone could be 1 May
    assert found.column("day") == [date(2026, 1, 5), date(2026, 1, 14), date(2026, 1, 15)]


def test_a_file_that_settles_its_dates_is_not_overruled_by_the_mapping() -> None:
    rows = [["Jour", "Abonnés"], ["05/01/2026", 5], ["14/01/2026", 6]]
    assert read(rows, mapping(rows, date_order="mdy")).column("day") == [date(2026, 1, 5), date(2026, 1, 14)]
    unsettled = [["Jour", "Abonnés"], ["05/01/2026", 5], ["06/01/2026", 6]]
    assert read(unsettled, mapping(rows, date_order="dmy")).column("day") == [date(2026, 1, 5), date(2026, 1, 6)]


def test_a_post_is_known_by_the_id_in_its_link_else_by_its_link() -> None:
    assert read(POSTS).column("post_id") == ["7412345678901234567", "https://www.linkedin.com/posts/lumen-1"]
    videos = [["Jour", "Lien", "Likes"], ["2026-01-05", "https://youtu.be/a1-_bcdefgh", 1]]
    assert read(videos, account="youtube:lumen").column("post_id") == ["a1-_bcdefgh"]


def test_a_post_with_neither_id_nor_link_is_known_by_its_day_and_text() -> None:
    rows = [
        ["Jour", "Texte", "Likes"],
        ["2026-01-05", "Une  lampe", 3],
        ["2026-01-06", "Une lampe", 4],
        ["2026-01-07", "", 4],
    ]
    found = read(rows)
    first, second = found.column("post_id")
    assert first.startswith("text-") and first != second
    assert read([rows[0], ["05/01/2026", "Une lampe", 9], ["14/01/2026", "x", 9]]).column("post_id")[0] == first
    assert [told(p)[3] for p in found.problems] == ["the id, the link, or the day and the text of a post"]


@pytest.mark.parametrize(
    ("header", "cell", "published", "day"),
    [
        ("Date", "2026-01-05 23:30", datetime(2026, 1, 5, 22, 30), date(2026, 1, 5)),
        ("Date (GMT)", "2026-01-05 23:30", datetime(2026, 1, 5, 23, 30), date(2026, 1, 6)),
        ("Date (UTC-5)", "2026-01-05 23:30", datetime(2026, 1, 6, 4, 30), date(2026, 1, 6)),
        ("Date", "2026-01-05T23:30:00Z", datetime(2026, 1, 5, 23, 30), date(2026, 1, 6)),
        ("Date", "2026-01-05", None, date(2026, 1, 5)),
        ("Date", "2026-01-05 00:00", None, date(2026, 1, 5)),
    ],
)
def test_a_time_is_that_of_the_brand_unless_its_header_or_its_cell_says_otherwise(
    header: str, cell: str, published: datetime | None, day: date
) -> None:
    (post,) = read([[header, "Link", "Likes"], [cell, "https://www.linkedin.com/posts/a", 1]]).statements
    assert (post.values.get("published_at"), post.values["day"]) == (published, day)


def test_numbers_beyond_the_ledger_keep_their_own_name_and_what_is_left_out_is_not_read() -> None:
    rows = [["Jour", "Abonnés", "Score", "Note"], ["2026-01-05", 10, 7.5, 3]]
    (day,) = read(rows, meaning(mapping(rows), Score=OTHERS, Note=ASIDE)).statements
    assert day.others == {"Score": 7.5}


def test_a_site_is_read_day_by_day() -> None:
    found = sample("visitas.csv", "matomo:lumen.example")
    (first, _) = found.statements
    assert (first.table, first.values["slice"], first.values["sessions"]) == ("web", "site", 120)
    assert first.values["first_day"] == first.values["last_day"] == date(2026, 1, 5)


def test_rows_that_contradict_each_other_are_problems_and_no_figures() -> None:
    rows = [*DAYS, ["2026-01-05", 11, 3]]
    found = read(rows)
    assert found.column("day") == [date(2026, 1, 6)]
    expected = "one row for each day of an account; these rows state the same day: 2, 4"
    assert [told(p) for p in found.problems] == [(2, "", "", expected), (4, "", "", expected)]


def test_a_row_that_is_said_twice_counts_once() -> None:
    found = read([*DAYS, DAYS[1]])
    assert (len(found.statements), found.problems) == (2, [])


def test_sheets_that_contradict_each_other_are_told_with_their_names() -> None:
    book = workbook(("Janvier", DAYS), ("Copie", [DAYS[0], ["2026-01-05", 99, 3]]), ("Notes", [["Merci"]]))
    said = describe("suivi.xlsx", book).mapping
    found = read_file("suivi.xlsx", book, Answers("x:lumen", MADE, mapping=said.toml()))
    assert found.column("day") == [date(2026, 1, 6)]
    assert "state the same day: Janvier 2, Copie 2" in str(found.problems[0].expected)
    assert [p.sheet for p in found.problems] == ["Janvier", "Copie", "Notes"]
    only = read_file("suivi.xlsx", book, Answers("x:lumen", MADE, mapping=replace(said, sheet="Janvier").toml()))
    assert (only.column("followers"), only.problems) == ([10, 12], [])


def test_totals_of_weeks_are_refused_but_followers_of_mondays_are_not() -> None:
    rows = [["Jour", "Abonnés", "Vues"], ["2026-01-05", 10, 3], ["2026-01-12", 12, 4], ["2026-01-19", 13, 4]]
    with pytest.raises(UserError, match=r"7 days apart or more, so \['Vues'\] look like totals of weeks or months"):
        read(rows)
    assert read(rows, meaning(mapping(rows), Vues=OTHERS)).column("followers") == [10, 12, 13]


def test_a_column_of_addresses_is_refused_whatever_it_is_said_to_be() -> None:
    rows = [["Jour", "Abonnés", "Qui"], ["2026-01-05", 10, "zoe@lumen.example"], ["2026-01-06", 10, "bo@lumen.example"]]
    columns = (Meant("Jour", "day"), Meant("Abonnés", "followers"), Meant("Qui", "account"))
    with pytest.raises(UserError, match="“Qui” holds e-mail addresses"):
        read(rows, TableMapping("A", "account_days", columns, "x"))


def test_cells_that_cannot_be_read_are_problems_as_in_any_format() -> None:
    found = read([["Jour", "Abonnés", "Vues"], ["2026-01-05", "beaucoup", 3], ["32/01/2026", 5, 1]], mapping())
    assert [told(p) for p in found.problems] == [
        (2, "Abonnés", "beaucoup", "a number"), (3, "Jour", "32/01/2026", "a date"),
    ]  # fmt: skip
    assert found.column("views") == [3]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.250", 1250), ("1,250", 1250), ("1.000", 1000), ("1,000", 1000), ("1.234.567", 1234567), ("1 250", 1250),
     ("1.2K", 1200), ("12.0", 12), ("0", 0), ("0.034", None), ("12,5", None)],
)  # fmt: skip
def test_a_count_is_never_read_as_a_broken_number(cell: str, number: int | None, delimiter: str) -> None:
    content = csv_text([["Jour", "Abonnés", "Vues"], ["2026-01-05", cell, 1]], delimiter)
    found = read_file("a.csv", content, Answers("x:lumen", MADE, mapping=mapping().toml()))
    assert found.column("followers") == [number]
    assert len(found.problems) == (number is None)


def test_a_new_column_is_left_out_and_told() -> None:
    found = read([["Jour", "Abonnés", "Vues", "Clics"], ["2026-01-05", 10, 3, 8]], mapping())
    assert found.statements[0].others == {}
    assert [told(p) for p in found.problems] == [
        (1, "", "Clics", "a column that its mapping names; this one was left out")
    ]


# Known again


def test_a_table_that_was_described_is_known_by_its_headers() -> None:
    said = mapping(name="Suivi {x}")
    later = csv_text([["Titre"], [], ["vues", "ABONNÉS", "Jour"], [3, 10, "2026-02-05"]]).encode()
    examined = examine("février.csv", later, mappings=["nonsense", mapping(POSTS).toml(), said.toml()])
    assert str(examined.title) == "Suivi {x}" and examined.export.connector == "mapping:Suivi {x}"
    assert examined.export.answers.mapping == said.toml()
    assert str(title_of(examined.export.connector)) == "Suivi {x}"
    (question,) = examined.questions
    assert question.about == "account"


def test_a_known_format_goes_before_a_table_described() -> None:
    path = next(path for path in (TABLES.parent / "exports" / "x_days").glob("*.csv"))
    rows = [["Date", "Impressions"], ["2026-01-05", 5], ["2026-01-06", 6]]
    assert examine(path.name, path.read_bytes(), mappings=[mapping(rows).toml()]).connector.key == "x_days"


def test_of_two_tables_described_the_one_that_knows_more_columns_is_it() -> None:
    less = mapping(DAYS, name="Less", columns=mapping().columns[:2])
    assert str(examine("a.csv", csv_text(DAYS).encode(), mappings=[less.toml(), mapping().toml()]).title) == "Table"
    with pytest.raises(UserError, match="several tables that were described: Table, Other"):
        examine("a.csv", csv_text(DAYS).encode(), mappings=[mapping().toml(), mapping(name="Other").toml()])


def test_a_mapping_that_does_not_fit_tells_which_headers_are_not_there() -> None:
    with pytest.raises(UserError, match=r"no row with all headers of “Table”. These stand nowhere: Abonnés, Vues\."):
        examine("a.csv", b"Jour,Fans\n2026-01-05,3\n", Answers(mapping=mapping().toml()))
    with pytest.raises(UserError, match="has no sheet named “2025”"):
        examine("a.csv", csv_text(DAYS).encode(), Answers(mapping=mapping(sheet="2025").toml()))


def test_remembered_accounts_are_not_asked_unless_a_network_is_new() -> None:
    said = read_mapping(mapping_of("suivi.csv"))
    both = replace(said, accounts=("facebook:1000", "instagram:lumen"))
    content = (TABLES / "suivi.csv").read_bytes()
    assert not examine("suivi.csv", content, mappings=[both.toml()]).questions
    one = replace(said, accounts=("facebook:1000",))
    assert [q.about for q in examine("suivi.csv", content, mappings=[one.toml()]).questions] == ["account"]


def test_a_remembered_account_gives_way_to_the_one_that_is_answered() -> None:
    said = mapping(accounts=("x:lumen",))
    assert examine("a.csv", csv_text(DAYS).encode(), mappings=[said.toml()]).export.accounts == (Account("x", "lumen"),)
    answered = examine("a.csv", csv_text(DAYS).encode(), Answers("x:other"), [said.toml()])
    assert answered.export.accounts[0].key == "x:other"


def test_a_kept_export_is_read_again_by_the_mapping_it_was_loaded_with() -> None:
    first = examine("a.csv", csv_text(DAYS).encode(), Answers("x:lumen"), [mapping(date_order="dmy").toml()])
    export, found = read_kept(first.export, "Europe/Paris")
    assert export == first.export
    assert list(found) == list(first.statements("Europe/Paris"))


# Whatever a table holds

CELLS = st.one_of(
    st.sampled_from(
        "Date,Jour,Réseau,Compte,Lien,Texte,Likes,Abonnés,Sessions,Post ID,2026-01-05,05/01/2026,"
        "13/01/2026,2026-01-06 10:30,Facebook,Instagram,X,@lumen,https://x.com/a/status/1,Une lampe de plus,12,1.250,"
        "5 %,7e400,Total,zoe@lumen.example,,,".split(",")
    ),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_no_rows_break_the_proposal_or_the_reading_by_it(rows: list[list[str]]) -> None:
    content = csv_text(rows).encode("utf-8", "replace")
    try:
        said = describe("a.csv", content).mapping
        assert read_mapping(said.toml()) == said
        answers = Answers(None, MADE, "dmy", mapping=said.toml())
        networks = next((q.networks for q in examine("a.csv", content, answers).questions if q.about == "account"), ())
        each = ",".join(f"{network}:lumen" for network in networks)
        for account in (each, f"{networks[0]}:lumen") if networks else (None,):
            for found in examine("a.csv", content, replace(answers, account=account)).statements("Asia/Tokyo"):
                assert isinstance(found, (Statement, Problem))
    except (UserError, Ask) as error:
        assert str(error)
