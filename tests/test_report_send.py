"""`report send`: to whom it goes, what is kept of it, and when it refuses."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from made_up import DAYS_FILE, load, x_days
from servers import Post, channel, post_office

from data.model import Answers
from data.store import Busy, Store, create_brand
from delivery.smtp import send as send_mail
from vigie import main

FIRST = date(2026, 9, 7)
LAST = date(2026, 11, 15)
SEND = ["report", "send", "--lang", "en", "--week", "2026-W46"]
SECRETS = ("VIGIE_SMTP_HOST", "VIGIE_MAIL_FROM", "VIGIE_SLACK_WEBHOOK", "VIGIE_TEAMS_WEBHOOK")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "brands"))
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    made = create_brand("Maison Lumen")
    days = {FIRST + timedelta(n): 100 + n for n in range((LAST - FIRST).days + 1)}
    load(made, DAYS_FILE, x_days(days), Answers(account="x:lumen"))
    return made


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with post_office(refuses=("gone@example.org",)) as found:
        monkeypatch.setenv("VIGIE_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("VIGIE_SMTP_PORT", str(found.port))
        monkeypatch.setenv("VIGIE_SMTP_SECURITY", "none")
        monkeypatch.setenv("VIGIE_MAIL_FROM", "Vigie <vigie@example.org>")
        yield found


def ways(store: Store) -> list[str]:
    return [one.way for one in store.publications()]


def test_it_is_sent_once_and_again_only_when_told_to(store: Store, office: Post, capsys) -> None:
    asked = [*SEND, "--to", "direction@example.org, board@example.org", "--decision", "Approve the budget."]
    assert main(asked) == 0
    ((sender, to, found),) = office.sent
    assert (sender, to) == ("vigie@example.org", ["direction@example.org", "board@example.org"])
    assert found["Subject"].strip().startswith("[Week 46, 2026] ")
    (kept,) = store.publications()
    assert (kept.way, kept.week.last, kept.language, kept.decision) == ("mail", LAST, "en", "Approve the budget.")
    assert kept.figures
    capsys.readouterr()
    assert main(asked) == 1
    assert "This report was sent already: mail" in capsys.readouterr().err
    assert len(office.sent) == 1 and ways(store) == ["mail"]
    assert main([*asked, "--again"]) == 0
    assert ways(store) == ["mail", "mail"]
    assert office.sent[0][2]["Message-ID"] != office.sent[1][2]["Message-ID"]


def test_of_two_that_send_at_the_same_moment_the_second_is_refused(
    store: Store, office: Post, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    def slowly(*said: Any) -> list[str]:
        time.sleep(0.3)
        return send_mail(*said)

    monkeypatch.setattr("commands.send.send_mail", slowly)
    with ThreadPoolExecutor(2) as two:
        ended = list(two.map(lambda _: main([*SEND, "--to", "direction@example.org"]), range(2)))
    assert sorted(ended) == [0, 1]
    assert len(office.sent) == 1 and ways(store) == ["mail"]
    assert "This report was sent already: mail" in capsys.readouterr().err


def test_who_waits_too_long_for_another_to_send_is_told_so_and_loading_goes_on(store: Store) -> None:
    with store.handing_over():
        store.set_words(["lumen"])
        with pytest.raises(Busy, match="being sent already"), Store(store.folder, wait=0.1).handing_over():
            pass


def test_another_way_language_or_edition_is_another_report(
    store: Store, office: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with channel() as slack, channel() as teams:
        monkeypatch.setenv("VIGIE_SLACK_WEBHOOK", slack.address)
        monkeypatch.setenv("VIGIE_TEAMS_WEBHOOK", teams.address)
        assert main([*SEND, "--to", "direction@example.org"]) == 0
        assert main([*SEND, "--to", "slack,teams"]) == 0
        assert main([*SEND, "--to", "direction@example.org,slack"]) == 1, "half of it was sent: nothing is"
    assert ways(store) == ["mail", "slack", "teams"] and len(office.sent) == 1
    ((_, _, card),) = slack.taken
    assert card["blocks"][0]["elements"][0]["text"].startswith("Maison Lumen · Weekly report · Week 46, 2026")
    ((_, _, card),) = teams.taken
    assert card["attachments"][0]["content"]["type"] == "AdaptiveCard"
    assert main(["report", "send", "--lang", "fr", "--week", "2026-W46", "--to", "direction@example.org"]) == 0
    assert office.sent[-1][2]["Content-Language"] == "fr"


def test_a_way_that_fails_is_not_kept_as_published_and_stops_no_other(
    store: Store, office: Post, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    with channel(500) as slack:
        monkeypatch.setenv("VIGIE_SLACK_WEBHOOK", slack.address)
        assert main([*SEND, "--to", "slack,direction@example.org,gone@example.org"]) == 1
    said = capsys.readouterr()
    assert "The message is not taken by 127.0.0.1: it answers 500." in said.err
    assert "did not take it for: gone@example.org" in said.err
    assert ways(store) == ["mail"]
    assert "secret" not in said.err + said.out


def test_a_week_that_is_not_complete_is_sent_only_when_told_to(store: Store, office: Post, capsys) -> None:
    asked = ["report", "send", "--lang", "en", "--week", "2026-W47", "--to", "direction@example.org"]
    assert main(asked) == 1
    assert "The week is not complete" in capsys.readouterr().err
    assert office.sent == [] and ways(store) == []
    assert main([*asked, "--incomplete"]) == 0
    assert len(office.sent) == 1


def test_a_week_that_is_not_over_is_sent_only_when_told_to_whatever_is_known(
    store: Store, office: Post, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr("commands.send.today", lambda known: LAST)
    asked = [*SEND, "--to", "direction@example.org"]
    assert main(asked) == 1
    assert "The week lasts until 15 Nov 2026 and is not over." in capsys.readouterr().err
    assert office.sent == []
    assert main([*asked, "--incomplete"]) == 0


def test_a_week_that_has_not_begun_is_never_sent(store: Store, office: Post, capsys) -> None:
    asked = ["report", "send", "--lang", "en", "--week", "2031-W01", "--to", "direction@example.org", "--incomplete"]
    assert main(asked) == 1
    assert "The week 2031-W01 begins on 30 Dec 2030 only" in capsys.readouterr().err and office.sent == []


def test_a_trial_sends_and_keeps_nothing_and_shows_what_it_would_send(
    store: Store, office: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    out = tmp_path / "out"
    with channel() as slack:
        monkeypatch.setenv("VIGIE_SLACK_WEBHOOK", slack.address)
        assert main([*SEND, "--to", "direction@example.org,slack", "--dry-run", "--out", str(out)]) == 0
    assert office.sent == slack.taken == [] and ways(store) == []
    said = capsys.readouterr().out
    assert "To send, mail: [Week 46, 2026] " in said and "Nothing is sent: this is a trial." in said
    made = message_from_bytes((out / "maison-lumen-2026-W46-leadership-en-mail.eml").read_bytes())
    assert made["From"] == "Vigie <vigie@example.org>"
    assert json.loads((out / "maison-lumen-2026-W46-leadership-en-slack.json").read_bytes())["blocks"]


def test_a_trial_says_what_is_missing(store: Store, capsys) -> None:
    asked = ["report", "send", "--lang", "en", "--week", "2026-W47", "--to", "direction@example.org", "--dry-run"]
    assert main(asked) == 1
    said = capsys.readouterr().err
    assert "The week is not complete" in said and "Nothing says smtp_host" in said


@pytest.mark.parametrize("to", ["direction", "slack,nobody", "", "a@b.c d@e.f", "<x@example.org>", "a@b\nBcc: c@d.e"])
def test_whom_it_goes_to_is_checked_before_anything(to: str, store: Store, office: Post, capsys) -> None:
    assert main([*SEND, "--to", to]) == 1
    assert "Write after --to" in capsys.readouterr().err and office.sent == []


def test_nothing_is_sent_where_one_way_is_not_set_up(store: Store, office: Post, capsys) -> None:
    assert main([*SEND, "--to", "direction@example.org,teams"]) == 1
    assert "VIGIE_TEAMS_WEBHOOK" in capsys.readouterr().err
    assert office.sent == [] and ways(store) == []
