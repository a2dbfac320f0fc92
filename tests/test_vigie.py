"""The command line, run as a person would: what it says, in both languages, and the status it gives."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

import commands.demo
import commands.load
import connectors.reading
from commands.voice import Voice
from connectors.base import Question
from connectors.reading import Examined
from data import demo
from data.demo import DemoExport
from data.model import Answers, Export, Origin, Statement, UserError, says
from data.store import brands, create_brand, open_brand
from i18n import locale
from i18n.catalog import translations
from i18n.extract import marked_texts
from vigie import main

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def data_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def once(*argv: str | Path) -> Said:
        try:
            status = main([str(arg) for arg in argv])
        except SystemExit as end:  # argparse: a mistake in the command, or its help
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return once


def posts(handle: str, count: int = 3, first: date = date(2026, 3, 1), likes: str = "4") -> bytes:
    """X posts, one a day; their file says whose they are."""
    lines = ["Post id,Date,Post text,Link,Impressions,Likes,Engagements,Replies,Reposts"]
    for n in range(count):
        day, link = first + timedelta(n), f"https://x.com/{handle}/status/{n + 1}"
        lines.append(f"{n + 1},{day:%Y-%m-%d} 12:00,Hello {n},{link},{100 + n},{likes},9,1,2")
    return "\n".join(lines).encode()


def by_day(*days: str) -> bytes:
    """An X account day by day; its file does not say whose it is."""
    lines = ["Date,Impressions,Likes,Engagements,Replies,Reposts"]
    return "\n".join([*lines, *(f'"{day}",10,1,2,0,0' for day in days)]).encode()


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return write


Put = Callable[[str, bytes], Path]
POSTS = "account_analytics_content_2026-03-01_2026-03-31.csv"


# load


def test_the_first_file_makes_a_brand_and_says_what_it_was_recognised_as(run: Run, put: Put) -> None:
    path = put(POSTS, posts("Lumen"))
    said = run("load", path)
    assert said == Said(
        0,
        "The brand Lumen is made: --brand lumen, time zone Europe/Paris, weeks start on Monday.\n"
        f"{path}: X: posts; x:lumen; 1–3 Mar 2026; exported 31 Mar 2026; rows: 3; problems: 0\n",
        "",
    )
    assert [info.statements for info in open_brand("lumen").exports()] == [3]


def test_it_speaks_french(run: Run, put: Put) -> None:
    said = run("load", put(POSTS, posts("Lumen")), put("notes.csv", b"a,b\n1,2\n"), "--lang", "fr")
    assert "La marque Lumen est créée" in said.out and "semaines à partir du lundi" in said.out
    assert "1er–3 mars 2026\u202f; exporté le 31 mars 2026\u202f; lignes\u00a0: 3" in said.out
    assert "notes.csv\u00a0: non chargé" in said.err


def test_a_file_already_loaded_says_so_and_changes_nothing(run: Run, put: Put) -> None:
    path = put(POSTS, posts("Lumen"))
    run("load", path)
    version = open_brand("lumen").version()
    said = run("load", path, put("copy.csv", path.read_bytes()))
    assert said.status == 0
    assert said.out.count("already loaded, nothing changes") == 2
    assert open_brand("lumen").version() == version


def test_what_was_answered_once_is_not_asked_again(run: Run, put: Put) -> None:
    path = put("days.csv", by_day("2026-03-01", "2026-03-02"))
    assert run("load", path, "--account", "x:lumen").status == 0
    assert run("load", path) == Said(0, f"{path}: already loaded, nothing changes\n", "")


def test_a_file_that_fails_stops_no_other(run: Run, put: Put, tmp_path: Path) -> None:
    good, empty = put("a" + POSTS, posts("Lumen")), put("b.csv", b"")
    last, missing = put("c" + POSTS, posts("Lumen", first=date(2026, 5, 1))), tmp_path / "missing.csv"
    said = run("load", good, empty, missing, last)
    assert said.status == 1
    assert f"{empty}: not loaded\n  b.csv is empty. Export it again.\n" in said.err
    assert f"{missing}: not loaded\n  There is no such file.\n" in said.err
    assert len(open_brand("lumen").exports()) == 2


def test_it_says_which_days_and_posts_lie_between_files_and_in_none(run: Run, put: Put) -> None:
    files = [put(POSTS, posts("Lumen")), put(POSTS.replace("03", "05"), posts("Lumen", first=date(2026, 5, 2)))]
    told = "x:lumen: Posts in no file: 1–30 Apr 2026.\n"
    assert run("load", *files).out.endswith(told)
    days = [put("days.csv", by_day("2026-03-01")), put("more.csv", by_day("2026-03-04"))]
    assert run("load", *days, "--account", "x:lumen").out.endswith(f"x:lumen: In no file: 2–3 Mar 2026.\n{told}")
    assert told in run("check").out


def test_folders_and_patterns_stand_for_their_files(run: Run, put: Put, tmp_path: Path) -> None:
    put("in/a" + POSTS, posts("Lumen", 1))
    put("in/b" + POSTS, posts("Lumen", 2))
    put("in/.hidden", b"\0")
    (tmp_path / "in" / "folder").mkdir()
    assert run("load", tmp_path / "in", tmp_path / "in" / "*.csv").status == 0
    assert len(open_brand("lumen").exports()) == 2
    (tmp_path / "none").mkdir()
    said = run("load", tmp_path / "none")
    assert (said.status, said.err) == (1, f"There is no file in {tmp_path / 'none'}.\n")


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(run: Run, put: Put) -> None:
    assert run("load", put("posts [1] 2026-03-31.csv", posts("Lumen"))).status == 0


def test_a_question_says_which_option_answers_it(run: Run, put: Put) -> None:
    path = put("days.csv", by_day("03/04/2026", "04/04/2026"))
    said = run("load", path)
    assert (said.status, said.out) == (1, "")
    assert said.err == (
        f"{path}: not loaded\n"
        "  Whose figures are these? Add one of: --account x:…\n"
        "  Is 03/04/2026 written day first or month first? Add --date-order dmy or --date-order mdy\n"
        "  When was it exported? Add --as-of YYYY-MM-DD\n"
    )
    assert brands() == [], "nothing was loaded, so no brand is made"
    said = run("load", path, "--account", "x:Lumen", "--date-order", "dmy", "--as-of", "2026-04-05")
    assert said.status == 0
    assert "; x:lumen; 3–4 Apr 2026; exported 5 Apr 2026;" in said.out


def test_a_question_offers_the_accounts_already_known_and_the_last_day(run: Run, put: Put) -> None:
    run("load", put(POSTS, posts("Lumen")))
    said = run("load", put("days.csv", by_day("2026-03-01")), put("posts.csv", posts("Lumen", 2)))
    assert "Add one of: --account x:lumen  --account x:…\n" in said.err
    assert "Add --as-of YYYY-MM-DD; the last day it holds is 2 Mar 2026.\n" in said.err
    said = run("load", put("days.csv", by_day("2026-03-01")), "--lang", "fr")
    assert "À qui sont ces chiffres\u202f? Ajoutez l’une de ces options\u00a0: --account x:lumen" in said.err


def test_answers_go_only_to_the_files_that_do_not_say_it_themselves(run: Run, put: Put) -> None:
    days, stated = put("days.csv", by_day("2026-03-01")), put(POSTS, posts("Lumen"))
    said = run("load", days, stated, "--account", "linkedin:acme,x:acme", "--as-of", "2026-12-24")
    assert said.status == 0
    assert f"{days}: X: account by day; x:acme; 1 Mar 2026; exported 1 Mar 2026;" in said.out
    assert f"{stated}: X: posts; x:lumen; 1–3 Mar 2026; exported 31 Mar 2026;" in said.out


@pytest.mark.parametrize("accounts", ["linkedin:acme", "x:acme,x:lumen"])
def test_an_account_that_does_not_fit_leaves_the_question(run: Run, put: Put, accounts: str) -> None:
    said = run("load", put("days.csv", by_day("2026-03-01")), "--account", accounts)
    assert said.status == 1 and "Whose figures are these?" in said.err


def test_the_first_problems_are_shown_and_all_on_demand(run: Run, put: Put) -> None:
    path = put(POSTS, posts("Lumen", count=7, likes="many"))
    said = run("load", path)
    assert said.status == 0
    lines = [line for line in said.out.splitlines() if line.startswith("  ")]
    assert lines[0] == f"  sheet {POSTS}, row 2 and column Likes: found “many”, expected a number"
    assert len(lines) == 6 and lines[-1] == "  and 2 more: --all-problems"
    run("forget", POSTS)
    assert run("load", path, "--all-problems").out.count("found “many”") == 7


def test_with_several_brands_one_is_to_be_chosen(run: Run, put: Put) -> None:
    path = put(POSTS, posts("Lumen"))
    create_brand("Acme")
    create_brand("Brume")
    said = run("load", path)
    assert (said.status, said.out) == (1, "")
    assert said.err == "There are several brands. Add one of: --brand acme  --brand brume\n"
    assert run("load", path, "--brand", "brume").status == 0
    assert open_brand("acme").exports() == [] and len(open_brand("brume").exports()) == 1
    assert run("load", path, "--brand", "none").err == "There is no brand named none.\n"


def test_the_demo_is_never_loaded_into_by_default(run: Run, put: Put) -> None:
    create_brand("Demo", slug="demo")
    assert run("list").out == "No export is loaded yet.\n", "but it can be looked at"
    run("load", put(POSTS, posts("Lumen")))
    assert open_brand("demo").exports() == [] and len(open_brand("lumen").exports()) == 1


# Stopped


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_a_load_that_is_stopped_keeps_what_was_loaded_and_says_so(
    run: Run, put: Put, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    first, second = put("a" + POSTS, posts("Lumen")), put("b" + POSTS, posts("Lumen", 5))
    read = Examined.findings

    def interrupted(self: Examined, zone: str):
        yield from read(self, zone)
        if self.export.name == second.name:
            raise stop

    monkeypatch.setattr(Examined, "findings", interrupted)
    said = run("load", first, second)
    assert (said.status, said.err) == (
        130,
        "Stopped. What was done before stays; of the rest nothing was written.\n",
    )
    assert [info.name for info in open_brand("lumen").exports()] == [first.name]
    assert run("check").status == 0


def test_a_bug_keeps_its_traceback(run: Run, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(commands.load, "examine", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        run("load", put(POSTS, posts("Lumen")))


# list, forget, rebuild, check


@pytest.fixture
def loaded(run: Run, put: Put) -> Run:
    """Two exports of one brand."""
    run("load", put("a" + POSTS, posts("Lumen")), put("b" + POSTS, posts("Lumen", 4, date(2026, 2, 1))))
    return run


def test_exports_are_listed_in_columns(loaded: Run) -> None:
    header, *rows = loaded("list").out.splitlines()
    assert re.split("  +", header) == "id file format account days exported rows problems".split()
    assert sorted(re.split("  +", row)[1:] for row in rows) == [
        [f"a{POSTS}", "X: posts", "x:lumen", "1–3 Mar 2026", "31 Mar 2026", "3", "0"],
        [f"b{POSTS}", "X: posts", "x:lumen", "1–4 Feb 2026", "31 Mar 2026", "4", "0"],
    ]
    assert "exporté le" in loaded("list", "--lang", "fr").out


def test_an_export_is_forgotten_by_its_name_or_the_start_of_its_id(loaded: Run) -> None:
    first, second = open_brand("lumen").exports()
    said = loaded("forget", first.name, second.id[:10])
    assert said == Said(0, f"{first.name}: forgotten\n{second.name}: forgotten\n", "")
    assert open_brand("lumen").exports() == []


def test_nothing_is_forgotten_while_a_name_is_in_doubt(loaded: Run, put: Put) -> None:
    loaded("load", put(f"x/a{POSTS}", posts("Lumen", 9)))
    several = loaded("forget", f"b{POSTS}", f"a{POSTS}")
    assert several.status == 1 and re.search(r"is several exports\. Give the id of one: \w{12}", several.err)
    unknown = loaded("forget", f"b{POSTS}", "other.csv")
    assert unknown.err == "There is no export other.csv. To see all: python vigie.py list\n"
    assert loaded("forget", "").status == 1
    assert len(open_brand("lumen").exports()) == 3


def test_a_rebuild_reads_all_again(loaded: Run) -> None:
    assert loaded("rebuild") == Said(0, "exports: 2; rows: 7; problems: 0\n", "")
    assert loaded("rebuild", "--lang", "fr").out == (
        "exports\u00a0: 2\u202f; lignes\u00a0: 7\u202f; problèmes\u00a0: 0\n"
    )


def test_a_rebuild_says_what_can_no_longer_be_read_and_keeps_it(loaded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read = connectors.reading.examine

    def forgetful(name: str, content: bytes, answers: Answers) -> Examined:
        if name.startswith("a"):
            raise UserError(says("{file} is in no format that Vigie knows.", file=name))
        return read(name, content, answers)

    monkeypatch.setattr(connectors.reading, "examine", forgetful)
    said = loaded("rebuild")
    assert (said.status, said.out) == (1, "exports: 2; rows: 4; problems: 1\n")
    assert said.err == (f"a{POSTS}: nothing of it can be read\n  a{POSTS} is in no format that Vigie knows.\n")


def test_a_rebuild_does_not_guess_what_a_connector_asks_anew(loaded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read = connectors.reading.examine

    def curious(name: str, content: bytes, answers: Answers) -> Examined:
        seen = read(name, content, answers)
        return Examined(seen.export, seen.connector, seen.book, seen.tables, (Question("since"),))

    monkeypatch.setattr(connectors.reading, "examine", curious)
    said = loaded("rebuild")
    assert said.status == 1
    assert f"a{POSTS}: to read it today, Vigie must ask. Forget it, then load it again." in said.err


def test_a_warehouse_of_another_version_says_how_to_rebuild_it_and_is_rebuilt(loaded: Run) -> None:
    store = open_brand("lumen")
    store.set_brand("Lumen", "America/Montreal", 7)
    newest = max(store.folder.glob("*.duckdb"))
    with duckdb.connect(str(newest.with_name("next"))) as connection:
        connection.execute(f"attach '{newest}' as old (read_only)")
        connection.execute("copy from database old to next")
        connection.execute("alter table posts drop column saves")
    os.replace(newest.with_name("next"), newest.with_name("warehouse-000099.duckdb"))
    (store.folder / "CURRENT").write_text("warehouse-000099.duckdb")
    said = loaded("list")
    assert said.status == 1
    advice = re.search(r"python vigie\.py (rebuild .*)", said.err)
    assert advice, said.err
    assert loaded(*advice[1].split()) == Said(0, "exports: 2; rows: 7; problems: 0\n", "")
    assert open_brand("lumen").brand().zone == "America/Montreal"
    assert loaded("check").status == 0


def test_check_says_how_old_the_figures_are(run: Run, put: Put) -> None:
    store = create_brand("Lumen", "UTC")
    today = datetime.now().astimezone().date()
    last = today - timedelta(9)
    run("load", put(f"x_{today}.csv", posts("Lumen", 2, last - timedelta(1))), "--brand", store.folder.name)
    said = run("check")
    assert said.status == 0
    assert re.search(r"^x:lumen  \d+ \w+ \d{4}  (9|10) days ago\nAll is sound\.$", said.out, re.MULTILINE)
    late = run("check", "--max-age", "5", "--lang", "fr")
    assert late.status == 1
    assert re.search(r"il y\xa0a (9|10) jours +en retard$", late.out, re.MULTILINE)
    assert run("check", "--max-age", "10").status == 0


def test_check_shows_what_was_not_read(run: Run, put: Put) -> None:
    run("load", put(POSTS, posts("Lumen", likes="many")))
    said = run("check")
    assert said.status == 1
    assert f"{POSTS}: problems: 3\n  sheet {POSTS}, row 2 and column Likes" in said.out


def test_check_finds_a_damaged_copy_and_the_same_file_mends_it(loaded: Run, put: Put) -> None:
    store = open_brand("lumen")
    info = store.exports()[0]
    (kept,) = store.folder.glob(f"exports/**/{info.id}")
    content = store.content(info.id)
    kept.write_bytes(b"damaged")
    said = loaded("check")
    assert said.status == 1 and f"The kept copy of {info.name} is missing or damaged." in said.err
    loaded("load", put(info.name, content))
    assert loaded("check").status == 0


# brand, demo


def test_a_brand_has_a_clock_of_its_own(run: Run) -> None:
    made = run("brand", "create", "Maison Lumen", "--zone", "America/Montreal", "--week-start", "7")
    assert made.out == (
        "The brand Maison Lumen is made: --brand maison-lumen, time zone America/Montreal, weeks start on Sunday.\n"
    )
    assert run("brand", "list").out == (
        "brand         name          time zone         weeks start on\n"
        "maison-lumen  Maison Lumen  America/Montreal  Sunday\n"
    )
    assert run("brand", "list", "--lang", "fr").out.endswith("dimanche\n")
    wrong = run("brand", "create", "Acme", "--zone", "Mars/Olympus")
    assert wrong.status == 1 and wrong.err.startswith("Mars/Olympus is not a time zone.")
    assert run("brand", "create", "Acme", "--week-start", "8").status == 2


@pytest.mark.parametrize("command", [["brand", "list"], ["list"], ["check"], ["rebuild"], ["forget", "a"]])
def test_without_a_brand_it_says_how_to_make_one(run: Run, command: list[str]) -> None:
    said = run(*command)
    assert said.status == (0 if command[0] == "brand" else 1)
    assert (said.out + said.err).startswith("There is no brand yet. The first file makes one")


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """A short story in the place of the two years; the days on which it was told."""
    told: list[date] = []

    def generate(today: date):
        told.append(today)
        sunday = today - timedelta(today.isoweekday())
        for n in range(2):
            first = sunday - timedelta(9 - 5 * n)
            yield DemoExport(f"Story {n} {today}.csv", posts("Bruissiere", 5, first), Answers())

    monkeypatch.setattr(commands.demo.demo, "generate", generate)
    return told


def test_the_demo_is_made_once_a_week(run: Run, story: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    said = run("demo")
    assert said.status == 0
    assert re.fullmatch(r"The demo is made\. Exports: 2; rows: 10; time: [\d.]+\u00a0s\.\n", said.out)
    store = open_brand("demo")
    version = store.version()
    assert version == 5, "the empty brand, all its exports, what it aims at, its campaigns, its notes: one version each"
    assert store.objectives() and store.campaigns()
    noted = {one.category: one for one in store.annotations()}
    assert run("demo").out.startswith("The demo is there, with figures up to ")
    assert (len(story), store.version()) == (1, version)

    class NextWeek(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(7)

    card, festival = (next(c for c in store.campaigns() if c.name.startswith(of)) for of in ("Carte", "Festival"))
    store.forget_campaign(card.name)
    before = {one.name: one.days for one in store.campaigns()}
    (aimed,) = [one for one in store.objectives() if one.aim.dates == festival.days]
    store.forget_annotation(noted["other"].id)
    monkeypatch.setattr(commands.demo, "datetime", NextWeek)
    assert run("demo", "--lang", "fr").out.startswith("La démonstration est prête. Exports\u00a0: 2")
    assert story[1] == story[0] + timedelta(7)
    assert sorted(info.name for info in store.exports()) == [f"Story {n} {story[1]}.csv" for n in range(2)]
    assert len(list(store.folder.glob("exports/*/*"))) == 2, "the bytes of the old story are gone too"
    again = {one.name: one.days for one in store.campaigns()}
    assert card.name not in again
    story_has = {one.name: one.days for one in demo.campaigns(story[1])}
    assert again == {name: story_has.get(name, days) for name, days in again.items()} != before
    (of_dates,) = [one for one in store.objectives() if one.aim.dates]
    assert (of_dates.aim.dates, of_dates.low) == (again[festival.name], aimed.low)
    anew = {one.category: one for one in store.annotations()}
    assert "other" not in anew, "what was taken back stays away"
    assert anew["technical"].window.first == noted["technical"].window.first + timedelta(7)


def test_the_demo_is_made_again_on_demand_and_leaves_what_others_loaded(run: Run, story: list[date], put: Put) -> None:
    run("demo")
    run("load", put(POSTS, posts("Lumen")), "--brand", "demo")
    assert run("demo", "--force").status == 0
    store = open_brand("demo")
    assert len(story) == 2
    assert sorted(info.name[:5] for info in store.exports()) == ["Story", "Story", POSTS[:5]]
    assert run("check", "--brand", "demo").status == 0


# What is written wrong, and help


@pytest.mark.parametrize(
    ("argv", "english", "french"),
    [
        (["load"], "the following arguments are required: FILE", "il manque\u00a0: FICHIER"),
        (["list", "--bran", "a"], "unrecognized arguments: --bran a", "arguments inconnus\u00a0: --bran a"),
        (["load", "a", "--as-of", "3/4/2026"], "write the day as YYYY-MM-DD", "écrivez le jour AAAA-MM-JJ"),
        (["load", "a", "--account", "acme"], "write it network:name", "écrivez-le réseau:nom"),
        (["load", "a", "--date-order", "ymd"], "invalid choice: 'ymd'", "'ymd' n’est pas un des choix"),
        (["forget", "a", "--brand"], "expected one argument", "il manque sa valeur"),
        (["check", "--max-age", "x"], "invalid int value: 'x'", "'x' n’est pas une valeur de type int"),
    ],
)
def test_a_command_written_wrong_says_what_is_wrong(run: Run, argv: list[str], english: str, french: str) -> None:
    said = run(*argv)
    assert said.status == 2 and said.out == "" and english in said.err
    assert french in run("--lang", "fr", *argv).err


COMMANDS = [["load"], ["list"], ["forget"], ["check"], ["rebuild"], ["demo"], ["brand"], ["brand", "create"]]


@pytest.mark.parametrize("command", [[], *COMMANDS])
def test_every_command_explains_itself_in_both_languages(run: Run, command: list[str]) -> None:
    english, french = run(*command, "--help"), run(*command, "--help", "--lang", "fr")
    assert (english.status, french.status) == (0, 0)
    assert english.out.startswith("usage: ") and french.out.startswith("utilisation\u00a0: ")
    assert "python vigie.py " + " ".join(command) in english.out
    assert ("Examples:" in english.out) == ("Exemples\u00a0:" in french.out) == bool(command)


def test_without_a_command_it_shows_its_help(run: Run) -> None:
    for argv in ([], ["brand"]):
        said = run(*argv)
        assert said.status == 2 and said.out.startswith("usage: python vigie.py")


def test_all_it_says_has_a_french_text() -> None:
    mine = [t for t, files in marked_texts().items() if any(f.startswith(("vigie", "commands/")) for f in files)]
    assert mine and [text for text in mine if text not in translations("fr")] == []


@pytest.mark.parametrize(
    ("env", "french"),
    [
        ({"LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr"}, True),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "de_DE"}, False),
    ],
)
def test_the_language_is_that_of_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], french: bool
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert run("list").err.startswith("Il n’y a pas encore de marque" if french else "There is no brand yet")
    assert run("list", "--lang", "en").err.startswith("There is no brand yet")


# Progress


class Terminal:
    """Somewhere to write, where somebody may look."""

    def __init__(self, looked_at: bool) -> None:
        self.text, self.looked_at = "", looked_at

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return self.looked_at


@pytest.mark.parametrize("looked_at", [True, False])
def test_progress_is_one_line_renewed_every_second_where_somebody_looks(
    monkeypatch: pytest.MonkeyPatch, looked_at: bool
) -> None:
    terminal, clock = Terminal(looked_at), iter(range(100))
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock) * 0.3)
    voice = Voice(locale("en"))
    assert len(list(voice.following(range(5000), says("a.csv")))) == 5000  # type: ignore[arg-type]
    voice.warn(says("Done."))
    lines = [line for line in terminal.text.split("\r") if line.strip()]
    if looked_at:
        assert lines[0] == "a.csv, rows: 500" and 2 <= len(lines) <= 4 and lines[-1] == "Done.\n"
    else:
        assert terminal.text == "Done.\n"


# As a process


def process(*argv: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "vigie.py", *argv],
        cwd=ROOT,
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_the_program_runs_from_a_shell_even_one_that_cannot_write_everything(put: Put) -> None:
    path = put(POSTS, posts("Lumen"))
    shell = process("load", str(path), "--lang", "fr", PYTHONIOENCODING="ascii")
    out, err = shell.communicate(timeout=60)
    assert (shell.returncode, err) == (0, "")
    assert "La marque Lumen est cr??e" in out.replace("\ufffd", "?") and "lignes" in out


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C otherwise")
def test_ctrl_c_in_the_middle_of_a_write_leaves_the_last_good_version(put: Put, tmp_path: Path) -> None:
    store = create_brand("Lumen")
    version = store.version()
    shell = process("load", str(put(POSTS, posts("Lumen", count=150_000, first=date(1991, 1, 1)))))
    end = time.monotonic() + 60
    while not list(store.folder.glob(".build-*")) and time.monotonic() < end:
        time.sleep(0.01)
    shell.send_signal(signal.SIGINT)
    _, err = shell.communicate(timeout=60)
    assert (shell.returncode, err) == (
        130,
        "Stopped. What was done before stays; of the rest nothing was written.\n",
    )
    assert store.version() == version and store.exports() == [] and store.check() == []
    assert not list(store.folder.glob(".build-*")) and not list(store.folder.glob("exports/*/*"))


# brand join, part, sites


def test_two_accounts_are_said_to_measure_one_site(run: Run) -> None:
    store, day = create_brand("Lumen"), date(2026, 11, 9)
    for account in ("ga4:1", "universal_analytics:lumen"):
        content = account.encode()
        one = Export(sha256(content).hexdigest(), account, content, "tests")
        values = {"account": account, "slice": "site", "first_day": day, "last_day": day, "sessions": 5}
        store.add_export(one, [Statement("web", values, Origin("", 1))])
    assert run("brand", "sites").out == "Every account counts by itself.\n"
    said = run("brand", "join", "universal_analytics:lumen", "ga4:1").out
    assert said == "universal_analytics:lumen goes with ga4:1: on a day that both state, ga4:1 counts.\n"
    assert run("brand", "sites").out.splitlines()[1].split() == ["universal_analytics:lumen", "ga4:1"]
    assert run("brand", "part", "universal_analytics:lumen").status == 0
    wrong = run("brand", "part", "universal_analytics:lumen")
    assert (wrong.status, wrong.err) == (1, "universal_analytics:lumen goes with no other account.\n")
    assert run("brand", "join", "ga4:1,ga4:2", "ga4:1").status == 2


def test_objectives_come_from_a_file_and_are_listed(loaded: Run, put: Put) -> None:
    assert "No objective is stated" in loaded("objectives", "list").out
    file = put("aims.csv", b"metric,scope,period,at_least,owner\nimpressions,x,month,5000,Ada\n")
    said = loaded("objectives", "load", file)
    assert (said.status, said.out) == (0, "Objectives in aims.csv: 1; new or changed: 1.\n")
    assert "new or changed: 0." in loaded("objectives", "load", file).out
    listed = loaded("objectives", "list", "--lang", "fr").out
    assert "Impressions des nouvelles publications, x, chaque mois" in listed and "Ada" in listed


def test_a_file_of_objectives_with_a_mistake_states_nothing(loaded: Run, put: Put) -> None:
    file = put("aims.csv", b"metric,period,at_least\nimpressions,month,5000\nlikes,month,10\n")
    said = loaded("objectives", "load", file)
    assert said.status == 1
    assert "aims.csv, line 3, metric: found “likes”, expected one of followers" in said.err
    assert "Nothing of aims.csv is stated." in said.err
    assert "No objective is stated" in loaded("objectives", "list").out


def test_campaigns_come_from_a_file_and_are_listed(loaded: Run, put: Put) -> None:
    assert "No campaign is stated" in loaded("campaigns", "list").out
    text = (
        '[[campaign]]\nname = "Fair"\nfrom = 2026-11-02\nto = 2026-11-15\nhashtags = "#Fair"\ncost = 850\n'
        'currency = "EUR"\nowner = "Ada"\n[[campaign.objective]]\nmetric = "sessions"\nat_least = 900\n'
    )
    file = put("fair.toml", text.encode())
    said = loaded("campaigns", "load", file)
    assert (said.status, said.out) == (0, "Campaigns in fair.toml: 1, with objectives: 1; new or changed: 2.\n")
    assert "new or changed: 0." in loaded("campaigns", "load", file).out
    listed = loaded("campaigns", "list").out.splitlines()[1]
    assert listed.split("  ")[0] == "Fair" and "#Fair" in listed and "€850.00" in listed and "Ada" in listed
    assert "900" in loaded("objectives", "list").out


def test_a_file_of_campaigns_with_a_mistake_states_nothing(loaded: Run, put: Put) -> None:
    file = put("fair.toml", b'[[campaign]]\nname = "Fair"\nfrom = 2026-11-02\nto = 2026-11-15\ncost = "much"\n')
    said = loaded("campaigns", "load", file)
    assert said.status == 1
    assert "fair.toml, line 1, cost: found “much”, expected a number such as 3000 or 2.5" in said.err
    assert "No campaign is stated" in loaded("campaigns", "list").out


def test_annotations_come_from_a_file_and_are_listed(loaded: Run, put: Put) -> None:
    assert "Nothing is noted" in loaded("annotations", "list").out
    file = put("notes.csv", b"from,to,category,text\n2026-11-02,,press,Radio\n2026-11-03,2026-11-05,event,Fair\n")
    said = loaded("annotations", "load", file)
    assert (said.status, said.out) == (0, "Annotations in notes.csv: 2; new: 2.\n")
    assert "new: 0." in loaded("annotations", "load", file).out
    listed = loaded("annotations", "list").out.splitlines()
    assert listed[1].split() == ["2026-11-02", "2026-11-02", "Press", "Radio"]
    assert listed[2].split() == ["2026-11-03", "2026-11-05", "Event", "Fair"]


def test_a_file_of_annotations_with_a_mistake_states_nothing(loaded: Run, put: Put) -> None:
    file = put("notes.csv", b"from,to,category,text\n2026-11-02,,press,Radio\n2026-11-03,,weather,Rain\n")
    said = loaded("annotations", "load", file)
    assert said.status == 1
    assert "notes.csv, line 3, category: found “weather”, expected one of campaign" in said.err
    assert "Nothing of notes.csv is stated." in said.err
    assert "Nothing is noted" in loaded("annotations", "list").out
