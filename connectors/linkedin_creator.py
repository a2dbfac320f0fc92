"""LinkedIn creator (the profile of a person): the workbook of its analytics, in any language.

Up to 2025 its cells are numbers, since 2026 all of them are text. Dates are written as in the creator's country.
`Total followers on …` is the size of the audience on that day; new followers of a day are follows. The top posts
are two lists side by side, by engagements and by impressions, and a post may be in one of them only; they count
the period alone. Engagements can be negative. `< 1%` is a bound, so that no share is told. Members reached are
people of the whole period: they are kept under their own name and belong to no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import DECIMAL, PAGE, PERCENT, TEXT, WHOLE, Kind, normalise
from connectors.dates import DATE, read_date
from connectors.linkedin_creator_sheets import DATE_IN_TEXT, find
from connectors.linkedin_posts import post_id_in, published_at
from connectors.periods import Period, period_of, period_unknown
from connectors.rows import days_spanned, local_day, read_days, records
from connectors.sheet import blank
from data.model import Check, Finding, Origin, Problem, Statement, says

BOUND = re.compile(r"[^\W\d_][^\d]*\d[\d.,]*\s*%")  # "menos de 1%"


def _share(cell: Any, comma: bool) -> float | None:
    """A share as a fraction; one that is stated as a bound, in signs or in words, is no number."""
    return None if isinstance(cell, str) and BOUND.fullmatch(cell.strip()) else PERCENT.parse(cell, comma)


# fmt: off
IMPRESSIONS = ("Impressions", "Impressões", "Impresiones")
ENGAGEMENTS = ("Engagements", "Interactions", "Engajamentos", "Interacciones")
LINK = Column("link", ("Post URL", "URL"), PAGE)
CREATED = Column("created", ("Post publish date", "Date de publication"), DATE, aside=True)
DISCOVERY = (Column("member", ("Overall Performance",), TEXT, required=True), Column("value", (), DECIMAL, aside=True))
DAYS = (
    Column("day", ("Date", "Data", "Fecha"), DATE, required=True),
    Column("impressions", IMPRESSIONS),
    Column("engagements", ENGAGEMENTS),
)
FOLLOWERS = (
    Column("day", ("Date", "Data", "Fecha"), DATE, required=True),
    Column("follows", ("New followers", "Nouveaux abonnés", "Novos seguidores", "Nuevos seguidores")),
)
WHO = (
    Column("by", ("Top Demographics", "Principales données démographiques"), TEXT, required=True, aside=True),
    Column("member", ("Value", "Valeur", "Valor"), TEXT, required=True),
    Column("share", ("Percentage", "Pourcentage", "Porcentagem", "Porcentaje"), Kind("share", _share)),
)
BROKEN_DOWN = {
    "company": ("Company", "Companies", "Entreprises", "Empresa", "Empresas"),
    "location": ("Location", "Locations", "Lieux", "Localidade", "Localidades"),
    "job_title": ("Job title", "Job titles", "Intitulés de poste", "Cargo", "Cargos"),
    "industry": ("Industry", "Industries", "Secteurs", "Setor", "Setores"),
    "seniority": ("Seniority", "Nível de experiência"),
    "company_size": ("Company size", "Tamanho da empresa"),
}
# fmt: on
DIMENSION = {normalise(name): dimension for dimension, names in BROKEN_DOWN.items() for name in names}
OF_CONTENT = re.compile("conten|conteu")  # the sheet on who saw the posts, beside that on the followers


def read_posts(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a post of one of the two lists; it counts since its publication if that is in the period."""
    first, _ = _period(source)
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        link = record.values.get("link")
        post_id = post_id_in(link) if link else None
        if post_id is None:
            if record.values:  # a row without any belongs to the longer list beside this one
                expected = says("a link that holds the id of a post")
                yield Problem(expected, (link or "")[:80], table.sheet.name, record.origin.row, table.header("link"))
            continue
        created = record.aside["created"].date() if "created" in record.aside else None
        moment = published_at(post_id, created)
        yield record.statement(
            "posts",
            account=source.account.key,
            post_id=post_id,
            published_at=moment,
            day=local_day(moment, source.zone) if moment else created,
            counted_from=None if created and created >= first else first,
        )


def read_followers(table: Table, source: Source) -> Iterator[Finding]:
    """The size of the audience on the day that the line above names, then the follows of each day."""
    number, (text, total, *_) = next((n, cells) for n, cells in table.sheet.rows() if not blank(cells))
    days = _days_in(str(text), source)
    if len(days) == 1:
        values = {"account": source.account.key, "day": days[0], "followers": WHOLE.parse(total, False)}
        yield Statement("account_days", values, Origin(table.sheet.name, number))
    else:
        yield Problem(says("the day of the total number of followers"), str(text)[:80], table.sheet.name, number)
    yield from read_days(table, source)


def read_who(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a part of the audience, or of those whom the posts reached, over the period."""
    first, last = _period(source)
    whose = "content_" if OF_CONTENT.search(normalise(table.sheet.name)) else ""
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
            continue
        by = normalise(record.aside["by"])
        if by not in DIMENSION and normalise(record.values["member"]) in DIMENSION:
            expected = says("what the part is of in the first column, and its name in the second")
            yield Problem(expected, record.aside["by"][:80], table.sheet.name, record.origin.row, table.header("by"))
            continue
        dimension = whose + DIMENSION.get(by, by.replace(" ", "_"))
        told = {"account": source.account.key, "dimension": dimension, "first_day": first, "last_day": last}
        yield record.statement("audience", **told)


def read_discovery(table: Table, source: Source) -> Iterator[Finding]:
    """What the whole period came to, under the names of LinkedIn; impressions are compared with the days."""
    first, last = _period(source)
    for record in records(table, source):
        if not isinstance(record, Record):
            yield record
        elif (value := record.aside.get("value")) is not None:
            name = record.values["member"]
            told = {"account": source.account.key, "dimension": "period", "first_day": first, "last_day": last}
            yield Statement("audience", {**told, "member": name}, record.origin, {name: float(value)})
            if normalise(name) in DAYS[1].headers:
                yield from _check(name, value, record.origin, source)


def _check(name: str, declared: float, origin: Origin, source: Source) -> Iterator[Check]:
    """The total of the period beside the sum of its days, where all of them are stated."""
    for table in source.tables:
        if table.spec.key == "engagement" and days_spanned(table, "day", source) == _period(source):
            days = (record for record in records(table, source) if isinstance(record, Record))
            counts = [count for day in days if (count := day.values.get("impressions")) is not None]
            yield Check(name, declared, sum(counts), origin)


def _period(source: Source) -> Period:
    """The period that the workbook says it is of, else that of its days, else the answers."""
    for table in source.tables:
        if table.spec.key == "discovery" and len(days := _days_in(table.header("value"), source)) == 2:
            return period_of(source, (days[0], days[1]))
    return period_of(source, None)


def _days_in(text: str, source: Source) -> list[date]:
    """The days a text names, in the order of day and month of the file; none where it is not clear."""
    found = DATE_IN_TEXT.findall(text)
    order = source.answers.date_order
    readings = [[read_date(day, style) for day in found] for style in ((order,) if order else DATE.styles)]
    days = {tuple(m.date() for m in moments if m) for moments in readings if all(moments)}
    spans = [days_spanned(table, "day", source) for table in source.tables if table.spec.daily]
    last = max((span[1] for span in spans if span), default=None)
    fitting = [reading for reading in days if len(days) == 1 or reading[-1] == last]
    return list(fitting[0]) if len(fitting) == 1 else []


CONNECTOR = Connector(
    key="linkedin_creator",
    networks=("linkedin",),
    title=N_("LinkedIn profile: analytics of a creator"),
    where=N_("linkedin.com, then your profile, Analytics, Post impressions, choose the dates, Export."),
    tables=(
        TableSpec("audience", DISCOVERY, read_discovery, key="discovery", others=False, side=True),
        TableSpec("account_days", DAYS, read_days, key="engagement", hints=("impressions", "engagements"), daily=True),
        TableSpec("posts", (LINK, CREATED, Column("engagements", ENGAGEMENTS)), read_posts, key="engaged",
                  hints=("engagements",), others=False),
        TableSpec("posts", (LINK, CREATED, Column("impressions", IMPRESSIONS)), read_posts, key="seen",
                  hints=("impressions",), others=False),
        TableSpec("account_days", FOLLOWERS, read_followers, key="followers", hints=("follows",), daily=True),
        TableSpec("audience", WHO, read_who, key="who", others=False, side=True),
    ),
    find=find,
    needs_since=lambda book, tables: period_unknown(tables, None),
    names=(
        r"^AggregateAnalytics_(?P<handle>.+)_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d",
        r"^Content_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d_(?P<handle>.+?)(?: \(\d+\))?\.xlsx$",
    ),
    described=("en", "fr", "pt"),
    lacks=N_("The text of posts, and their reactions, comments and reposts apart. Fifty posts at most are listed."),
)  # fmt: skip
