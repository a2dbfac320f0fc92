"""The command `sync`, with a property on this computer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import grpc
import pytest

from data.model import Account, Export
from data.store import brands, create_brand, open_brand
from loopback import ga4_faults as faults
from loopback.ga4 import Served, serve
from loopback.ga4_browsing import made_up
from vigie import main

ROOT = Path(__file__).parents[1]
NUMBER = "123456789"


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    with serve(made_up(today, days=30, a_day=8), now=datetime.now(ZoneInfo("UTC"))) as server:
        monkeypatch.setenv("VIGIE_GA4_ENDPOINT", server.address)
        yield server


def since() -> str:
    return (datetime.now(ZoneInfo("Europe/Paris")) - timedelta(days=3)).date().isoformat()


def test_a_property_is_tried_then_fetched_then_listed_in_one_line_then_forgotten(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sync", "ga4", "--property", NUMBER, "--check"]) == 0
    said = capsys.readouterr().out
    assert "time zone Europe/Paris; currency EUR" in said and "page views" in said and "Left:" in said
    assert main(["sync", "ga4", "--property", NUMBER, "--since", since()]) == 0
    said = capsys.readouterr().out
    assert f"ga4:{NUMBER}: " in said
    assert "Left out, as this property cannot answer it: Searches on Google by landing page." in said
    assert main(["sync", "ga4"]) == 0, "the property is known by what is kept"
    capsys.readouterr()
    main(["list"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and "answers" in lines[1]
    main(["list", "--all"])
    assert len(capsys.readouterr().out.splitlines()) > 2
    assert main(["forget", f"ga4:{NUMBER}"]) == 0
    assert open_brand("123456789").exports() == []


def test_the_people_of_some_dates_are_asked_once(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    first, last = (served.now.date() - timedelta(days=n) for n in (24, 18))
    command = ["sync", "ga4", "--property", NUMBER, "--people", str(first), str(last)]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "are known: choose these dates on the page Traffic." in said and "Left:" in said
    store = open_brand(NUMBER)
    con = served.site.con.cursor()
    con.execute(
        "select count(distinct visitor) from events join sessions using (session) where day between ? and ?",
        [first, last],
    )
    (truth,) = con.fetchall()
    with store.read() as cursor:
        people = "select total_users from web where slice = 'site' and first_day = ? and last_day = ?"
        assert cursor.execute(people, [first, last]).fetchall() == [truth]
    assert main(command) == 0 and len(store.exports()) == 1, "once it has settled, it is not asked again"


@pytest.mark.parametrize(
    ("days", "status", "told"),
    [
        (["2026-11-12", "2026-11-10"], 1, "People can be asked from a day to a later one"),
        (["2026-11-10", "2999-11-12"], 1, "People can be asked from a day to a later one"),
        (["2015-08-13", "2015-08-20"], 1, "from 14 Aug 2015 to today"),
        (["2026-11-10"], 2, "expected 2 arguments"),
        (["2026-11-10", "tomorrow"], 2, "write the day as YYYY-MM-DD"),
        (["2026-11-10", "2026-11-12", "--since", "2026-11-01"], 2, "not allowed with argument --people"),
    ],
)
def test_people_of_dates_that_are_none_are_refused_in_words(
    served: Served, capsys: pytest.CaptureFixture[str], days: list[str], status: int, told: str
) -> None:
    command = ["sync", "ga4", "--property", NUMBER, "--people", *days]
    if status == 2:
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert ended.value.code == 2
    else:
        assert main(command) == status
    assert told in capsys.readouterr().err
    assert not brands(), "what is refused makes no brand"


def test_people_that_are_not_answered_leave_something_to_ask(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = (served.now.date() - timedelta(days=n) for n in (24, 18))
    refused = faults.Fault(
        grpc.StatusCode.INVALID_ARGUMENT, "no", times=faults.ALWAYS,
        only=lambda request: request.date_ranges[0].start_date == first.isoformat(),
    )  # fmt: skip
    served.fail(refused)
    assert main(["sync", "ga4", "--property", NUMBER, "--people", str(first), str(last)]) == 1
    said = capsys.readouterr()
    assert "People of any dates. no" in said.out and "are known" not in said.out


@pytest.mark.parametrize(("number", "told"), [("G-7F1AE12JLR", "Measurement ID"), ("987654321", "may not look at")])
def test_a_wrong_property_is_told_in_words(
    served: Served, capsys: pytest.CaptureFixture[str], number: str, told: str
) -> None:
    assert main(["sync", "ga4", "--property", number]) == 1
    assert told in capsys.readouterr().err


def test_where_files_have_figures_of_a_property_it_is_asked_whether_it_is_this_one(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    store = create_brand("Acme")
    content = b"date,users"
    mine = (Account("ga4", "acme"),)
    store.add_export(Export(sha256(content).hexdigest(), "files.csv", content, "ga4_report", accounts=mine), ())
    assert main(["sync", "ga4", "--property", NUMBER, "--since", since()]) == 1
    assert f"--account ga4:acme  --account ga4:{NUMBER}" in capsys.readouterr().err
    assert main(["sync", "ga4", "--property", NUMBER, "--since", since(), "--account", "ga4:acme"]) == 0
    assert main(["sync", "ga4"]) == 0, "the answer is kept with the answers"
    with store.read() as cursor:
        assert cursor.execute("select distinct account from web").fetchall() == [("ga4:acme",)]


def test_pages_start_without_googles_client() -> None:
    code = (
        "import sys; from connectors.reading import all_connectors; import commands.line; all_connectors(); "
        "print([name for name in sys.modules if name.startswith(('google.analytics', 'google.auth', 'grpc'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
