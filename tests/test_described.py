"""Tables in no known format from the command line: a mapping is written, corrected, and loaded with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_vigie import Run, Said, by_day, data_of_the_test, posts, run

from connectors.mapping import read_mapping
from data.store import open_brand

__all__ = ["data_of_the_test", "run"]  # fixtures

TABLES = Path(__file__).parent / "tables"
BOTH = ("--account", "facebook:1000,instagram:lumen")


@pytest.fixture
def suivi(tmp_path: Path) -> Path:
    return Path(shutil.copy(TABLES / "suivi.csv", tmp_path / "suivi.csv"))


@pytest.fixture
def my_toml(run: Run, suivi: Path, tmp_path: Path) -> Path:
    path = tmp_path / "my.toml"
    path.write_text(run("mapping", suivi).out, "utf-8")
    return path


def figures(brand: str = "1000") -> list[tuple[object, ...]]:
    with open_brand(brand).read() as cursor:
        query = "select account, day::varchar, followers, follows, reach from account_days order by all"
        return cursor.execute(query).fetchall()


def test_a_proposal_is_written_as_a_file_that_can_be_corrected(run: Run, suivi: Path) -> None:
    said = run("mapping", suivi)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("# What the columns of suivi.csv seem to be.")
    assert "# in posts: day, network, account, post_id, link, text" in said.out
    mapping = read_mapping(said.out)
    assert (mapping.name, mapping.says, mapping.header_row) == ("Suivi", "account_days", 3)
    assert [column.header for column in mapping.means("followers")] == ["Nb d’abonnés"]


def test_a_proposal_is_written_into_a_file_that_is_not_there(run: Run, suivi: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    assert run("mapping", suivi, "--into", path) == Said(0, f"{path}: written\n", "")
    assert path.read_text("utf-8") == run("mapping", suivi).out
    assert "is there already" in run("mapping", suivi, "--into", path).err
    assert "cannot be written" in run("mapping", suivi, "--into", tmp_path / "no" / "where.toml").err


def test_a_mapping_is_proposed_in_french_too(run: Run, suivi: Path) -> None:
    assert read_mapping(run("mapping", suivi, "--lang", "fr").out) == read_mapping(run("mapping", suivi).out)


def test_what_is_left_out_for_being_private_is_told(run: Run) -> None:
    said = run("mapping", TABLES / "sprout.csv")
    assert said.err == "“Sent by” holds e-mail addresses and is left out.\n" and read_mapping(said.out)


def test_a_file_in_a_known_format_needs_no_mapping(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(posts("Lumen"))
    assert run("mapping", path) == Said(1, "", f"{path} is in a known format, X: posts: load it as it is.\n")


def test_a_table_that_cannot_be_described_gives_its_reason(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "menu.csv"
    path.write_text("Dish,Price\nSoup,4\n")
    said = run("mapping", path)
    assert (said.status, said.out) == (1, "") and "none holds days" in said.err
    assert "none holds days" in run("load", path).err


def test_a_file_that_nothing_knows_tells_how_to_describe_it(run: Run, suivi: Path) -> None:
    said = run("load", suivi)
    assert said.status == 1
    assert f"To say what its columns are: python vigie.py mapping {suivi} --into my.toml" in said.err


def test_a_file_is_loaded_with_a_mapping_and_the_next_one_is_known(run: Run, suivi: Path, my_toml: Path) -> None:
    said = run("load", suivi, "--mapping", my_toml, *BOTH)
    assert f"{suivi}: Suivi; facebook:1000 and instagram:lumen; 5–13 Jan 2026;" in said.out
    assert "row 9 and column Réseau: expected the name of a network" in said.out
    assert figures()[0] == ("facebook:1000", "2026-01-05", 1250, 12, 210)
    assert list(open_brand("1000").mappings()) == ["Suivi"]
    later = suivi.with_name("fevrier.csv")
    later.write_bytes(suivi.read_bytes().replace(b"/01/2026", b"/02/2026"))
    assert run("load", later, *BOTH).status == 0
    assert len(figures()) == 10
    assert "Suivi" in run("list").out


def test_a_rebuild_reads_a_described_table_as_it_was_loaded(run: Run, suivi: Path, my_toml: Path) -> None:
    my_toml.write_text(my_toml.read_text("utf-8").replace('"reach"', '"impressions"'), "utf-8")
    run("load", suivi, "--mapping", my_toml, *BOTH)
    store = open_brand("1000")
    store.forget_mapping("Suivi")
    before = figures()
    assert [row[4] for row in before] == [None] * 5
    assert run("rebuild").status == 0
    assert figures() == before and not store.check()


def test_a_mapping_can_be_named_once_it_is_kept(run: Run, suivi: Path, my_toml: Path) -> None:
    run("load", suivi, "--mapping", my_toml, *BOTH)
    later = suivi.with_name("fevrier.csv")
    later.write_bytes(suivi.read_bytes().replace(b"/01/2026", b"/02/2026"))
    assert "there is no mapping" not in run("load", later, "--mapping", "Suivi", *BOTH).err.lower()
    assert len(figures()) == 10
    said = run("load", later, "--mapping", "Planning")
    assert (said.status, said.err) == (
        1, "There is no mapping Planning: no such file, and none of that name is kept (Suivi).\n",
    )  # fmt: skip


def test_a_mapping_is_not_put_upon_the_other_files_that_are_named(run: Run, suivi: Path, my_toml: Path) -> None:
    days = suivi.with_name("days.csv")
    days.write_bytes(by_day("2026-03-01"))
    said = run("load", suivi, days, "--mapping", my_toml, "--account", "facebook:1000,instagram:lumen,x:lumen")
    assert said.status == 0 and "days.csv: X: account by day; x:lumen" in said.out


def test_a_file_without_the_columns_of_the_mapping_tells_which(run: Run, suivi: Path, my_toml: Path) -> None:
    other = suivi.with_name("other.csv")
    other.write_text("Jour,Fans\n2026-01-05,3\n", "utf-8")
    assert "These stand nowhere: Date, Réseau, Nb d’abonnés" in run("load", other, "--mapping", my_toml).err


def test_a_mapping_that_cannot_be_true_is_refused_before_anything_is_read(run: Run, suivi: Path, my_toml: Path) -> None:
    my_toml.write_text(my_toml.read_text("utf-8").replace('"reach"', '"views"'), "utf-8")
    said = run("load", suivi, "--mapping", my_toml, *BOTH)
    assert said.status == 1 and "“Nb de vues” and “Portée” are said to be the same thing" in said.err


def test_a_mapping_saved_as_utf_16_is_read(run: Run, suivi: Path, my_toml: Path) -> None:
    my_toml.write_text(my_toml.read_text("utf-8"), "utf-16")
    assert run("load", suivi, "--mapping", my_toml, *BOTH).status == 0
