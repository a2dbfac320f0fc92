"""What every connector keeps to, those that are yet to be written included."""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_samples import SAMPLES, ZONE, answers_of

from connectors.base import Column, Connector, TableSpec
from connectors.cells import normalise
from connectors.reading import all_connectors, examine
from connectors.sheet import decode, open_book
from data.model import Account, Answer, Answers, Check, Problem, Statement, UserError

SCHEMA = (Path(__file__).parents[2] / "data" / "schema.sql").read_text("utf-8")
NETWORKS = {
    "x", "facebook", "instagram", "linkedin", "youtube", "tiktok", "pinterest", "discord", "facebook_groups",
    "threads", "mastodon", "bluesky", "ga4", "universal_analytics", "plausible", "matomo", "search_console",
    "google_ads", "meta_ads", "linkedin_ads", "tiktok_ads", "pinterest_ads", "mailchimp", "brevo",
    "google_business", "trustpilot", "google_play",
}  # fmt: skip
CONNECTORS = all_connectors()
TABLES = [(connector, spec) for connector in CONNECTORS for spec in connector.tables]


def columns_of(table: str) -> set[str]:
    """The columns of a ledger table, as the schema declares them."""
    match = re.search(rf"create table {table} \((.*?)\n\);", SCHEMA, re.DOTALL)
    assert match, f"{table} is no table of the schema"
    return set(re.findall(r"(?:^|,)\s*(\w+) [a-z]", re.sub(r"--.*", "", match[1]), re.MULTILINE))


def named(thing: Any) -> str:
    return getattr(thing, "key", "") or getattr(thing, "says", "") or "filters"


def by_name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_the_schema_is_read_as_it_is_written() -> None:
    assert {"account", "day", "net_follows", "others", "engagements"} <= columns_of("account_days")
    assert "create" not in columns_of("posts")


def test_connectors_find_themselves_under_keys_of_their_own() -> None:
    keys = [connector.key for connector in CONNECTORS]
    assert len(keys) == len(set(keys)) >= 3
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)


@pytest.mark.parametrize("connector", CONNECTORS, ids=named)
def test_a_connector_says_what_it_reads_and_where_to_get_it(connector: Connector) -> None:
    assert connector.title.strip() and len(connector.title) < 60
    assert connector.where.strip().endswith(".")
    assert connector.tables


@pytest.mark.parametrize("connector", CONNECTORS, ids=named)
def test_a_connector_is_of_known_networks(connector: Connector) -> None:
    assert connector.networks
    assert set(connector.networks) <= NETWORKS


@pytest.mark.parametrize("connector", CONNECTORS, ids=named)
def test_the_names_of_files_give_the_handle_of_an_account(connector: Connector) -> None:
    assert all("handle" in re.compile(pattern).groupindex for pattern in connector.names)


@pytest.mark.parametrize(("connector", "spec"), TABLES, ids=named)
def test_headers_are_declared_once_and_as_they_are_compared(connector: Connector, spec: TableSpec) -> None:
    headers = [header for column in spec.columns for header in column.headers]
    assert headers == [normalise(header) for header in headers]
    assert all(headers)
    keys = [column.key for column in spec.columns]
    assert len(keys) == len(set(keys)), "a column is declared once, with all its headers"
    clashes = {header for header in headers if sum(header in c.headers for c in spec.columns) > 1}
    assert not clashes, "a header means one column of a table"


@pytest.mark.parametrize(("connector", "spec"), TABLES, ids=named)
def test_what_a_table_declares_goes_to_a_column_of_the_ledger(connector: Connector, spec: TableSpec) -> None:
    kept: list[Column] = [column for column in spec.columns if not column.aside]
    unknown = {column.key for column in kept} - (columns_of(spec.says) if spec.says else set())
    assert not unknown, "mark as `aside` what the connector reads for itself"


@pytest.mark.parametrize("connector", CONNECTORS, ids=named)
def test_a_connector_has_a_sample(connector: Connector) -> None:
    assert any(path.parent.name == connector.key for path in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=by_name)
def test_a_sample_is_claimed_by_its_connector_alone(sample: Path) -> None:
    book = open_book(sample.name, sample.read_bytes())
    claimed = []
    for connector in CONNECTORS:
        try:
            claimed += [connector.key] if connector.found_in(book) else []
        except UserError as error:
            pytest.fail(f"{connector.key}: {error}")
    assert claimed == [sample.parent.name]


@pytest.mark.parametrize("sample", SAMPLES, ids=by_name)
def test_what_a_sample_says_fits_the_ledger(sample: Path) -> None:
    examined = examine(sample.name, sample.read_bytes(), answers_of(sample))
    for item in examined.statements(ZONE):
        if isinstance(item, Problem):
            assert item.expected.text
            assert item.sheet, "a problem says where it is"
            continue
        if isinstance(item, Check):
            assert item.what and item.origin.row > 0
            continue
        if isinstance(item, Answer):
            assert Account.parse(item.account) and item.table in ("web", "search") and item.slice
            continue
        assert item.values.keys() <= columns_of(item.table)
        assert Account.parse(item.values["account"])
        assert item.origin.row > 0
        assert all(isinstance(number, (int, float)) for number in item.others.values())
        assert all(header.strip() for header in item.others)


JUNK = [
    "",
    "-",
    "abc",
    "1,5",
    "-7",
    "12/13/2025",
    "2025-02-30",
    "9" * 30,
    "1e400",
    "#REF!",
    "=1+1",
    "a\nb",
    "\0",
]
TEXTS = [path for path in SAMPLES if path.suffix == ".csv"]


def damaged(sample: Path, seed: int) -> bytes:
    """The sample with some cells replaced, and some rows cut or doubled."""
    chance = random.Random(f"{sample.name}{seed}")
    text = decode(sample.read_bytes()) or ""
    mark = ";" if text.splitlines()[0].count(";") > 2 else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    for row in rows[1:] * (seed % 2) or rows:
        for place in range(len(row)):
            if chance.random() < 0.15:
                row[place] = chance.choice(JUNK)
        if chance.random() < 0.1:
            del row[chance.randrange(len(row) + 1) :]
    rows += [row for row in rows if chance.random() < 0.1]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("sample", TEXTS, ids=by_name)
def test_damaged_cells_become_problems_and_break_nothing(sample: Path) -> None:
    given = answers_of(sample)
    whole = examine(sample.name, sample.read_bytes(), given).export
    account = given.account or whole.accounts[0].key
    answers = replace(given, as_of=whole.as_of, account=account, date_order=given.date_order or "mdy")
    if answers.since is None and whole.as_of:
        answers = replace(answers, since=whole.as_of.date())
    for seed in range(12):
        try:
            items = list(examine(sample.name, damaged(sample, seed), answers).statements(ZONE))
        except UserError as error:
            assert error.message.text, "no more than a refusal in plain words"
        else:
            assert all(isinstance(item, (Statement, Problem, Check, Answer)) for item in items)


def test_no_answers_are_needed_to_examine_a_sample() -> None:
    for sample in SAMPLES:
        assert examine(sample.name, sample.read_bytes(), Answers()).connector.key == sample.parent.name
