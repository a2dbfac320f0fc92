"""Results cards of Meta Business Suite: one metric by day, of Facebook, Instagram, or of both in turn.

The title line names the metric and often the network. The column under it may bear the name of another one
(2022, 2023), so the title is believed. A file that lost its titles is believed by its columns, but for the
names that Meta wrote over the wrong figures: there the name of the file says which card it is, or the file is
refused until it does. Days on which nobody followed an Instagram account are left out of its follows, and of these
alone: they are days of 0. New page likes, the older card, are told as follows. Viewers are neither reach nor visitors
and stay under their own name. The last days of a card are partial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise, zip_longest
from operator import itemgetter

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.cells import normalise, printed
from connectors.dates import DATE, read_date
from connectors.rows import records
from connectors.sheet import Book, Cells, Sheet, blank
from data.model import Finding, Problem, Statement, UserError, says

FACEBOOK, INSTAGRAM = "facebook", "instagram"
CARD = (Column("day", ("Date", "Data", "Fecha"), DATE, required=True), Column("value", (), aside=True))

# The column of the ledger that each title feeds, "" where the ledger has none.
TITLES = {
    "reach": ("Reach", "Facebook reach", "Facebook Page reach", "Instagram reach", "Couverture", "Couverture Facebook",
              "Couverture de la Page Facebook", "Couverture Instagram", "Alcance", "Alcance do Facebook",
              "Alcance do Instagram"),
    "views": ("Views", "Facebook views", "Instagram views", "Vues", "Vues Facebook", "Vues Instagram",
              "Visualizações"),
    "": ("Viewers", "Facebook viewers", "Instagram viewers", "Spectateurs"),
    "profile_visits": ("Facebook visits", "Facebook Page visits", "Instagram profile visits", "Visites",
                       "Visites Facebook", "Visites sur la Page Facebook", "Visites du profil Instagram",
                       "Visitas ao perfil do Instagram"),
    "follows": ("Follows", "Facebook follows", "Instagram follows", "New Instagram followers",
                "Facebook Page new likes", "New Facebook Page likes", "Followers en plus",
                "Nouvelles mentions J'aime de la Page Facebook", "Seguidores no Instagram"),
    "interactions": ("Content interactions", "Interactions avec le contenu", "Interações com o conteúdo"),
    "link_clicks": ("Link clicks", "Facebook link clicks", "Instagram link clicks", "Clics sur un lien",
                    "Clics sur le lien", "Cliques no link", "Cliques no link do Instagram"),
}  # fmt: skip
COLUMN = {normalise(title): column for column, titles in TITLES.items() for title in titles}
LOOKED_AT = 5  # days
SAYS_NOTHING = "primary"
MISLEADING = ("facebook page likes", "instagram followers", "mentions j'aime de la page facebook")
PRINTED = [title for titles in TITLES.values() for title in titles]


def find(book: Book, specs: tuple[TableSpec, ...]) -> list[Table]:
    """Every card of a book, each with its title as its note and its network where that is told.

    Raises UserError when cards of several accounts stand together and one does not say whose it is, or when nothing
    says which card it is.
    """
    cards = [card for sheet in book.sheets for card in _paired(_named(book, _cards(sheet, specs[0])))]
    silent = [card.note for card in cards if not card.network]
    if silent and len(silent) < len(cards):
        raise UserError(
            says(
                "{file} holds several cards, and {title} does not say whether it is Facebook's or "
                "Instagram's. Load each card from a file of its own.",
                file=book.name, title=silent[0],
            )
        )  # fmt: skip
    return cards


def _named(book: Book, cards: list[Table]) -> list[Table]:
    """The cards, with the title that the name of the file gives to one whose column tells nothing."""
    doubtful = [card for card in cards if normalise(card.note) in MISLEADING]
    if not doubtful:
        return cards
    if not all(any("T0" in str(cell) for cell in islice(card.column("day"), LOOKED_AT)) for card in doubtful):
        return []  # totals that somebody keeps by hand have such headers too
    titles = [title for title in PRINTED if _network(title) == doubtful[0].network]
    named = [title for title in titles if _letters(title) in _letters(book.name)]
    if not named or len(doubtful) > 1:
        words = {*normalise(doubtful[0].note).split()}
        visits = [title for title in titles if COLUMN[normalise(title)] == "profile_visits"]
        example = max(visits, key=lambda title: len(words.intersection(normalise(title).split())))  # in its language
        raise UserError(
            says(
                "{file}: in 2022 and 2023 “{column}” stood over the figures of other cards, and the title above it is "
                "gone. Name a file after its card, “{example}” for instance, and load it again.",
                file=book.name, column=doubtful[0].note, example=f"{example}.csv",
            )
        )  # fmt: skip
    return [replace(card, note=max(named, key=len)) if card in doubtful else card for card in cards]


def _letters(text: str) -> str:
    """A text as it stands in names of files, without apostrophes and with other spaces."""
    return re.sub(r"[\W_]+", " ", normalise(text).replace("'", ""))


def _paired(cards: list[Table]) -> list[Table]:
    """Two cards of one metric are Facebook's, then Instagram's, when a title does not say so."""
    if len(cards) != 2 or len({COLUMN.get(normalise(card.note)) for card in cards}) > 1:
        return cards
    first, second = cards
    if not first.network:
        first = replace(first, network=INSTAGRAM if second.network == FACEBOOK else FACEBOOK)
    if not second.network:
        second = replace(second, network=FACEBOOK if first.network == INSTAGRAM else INSTAGRAM)
    return [first, second]


def _cards(sheet: Sheet, spec: TableSpec) -> list[Table]:
    """The cards of a sheet that begins with one; a card that follows another matter is not looked for."""
    cards: list[Table] = []
    above: tuple[int, list[str]] | None = None
    apart = False  # whether a blank row stands before this one
    for number, cells in sheet.rows():
        filled = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
        if not filled or filled == ["sep="]:
            apart = True
            continue
        if cards and cards[-1].last_row is None and (apart or _is_title(filled)) and not _is_day(filled[0]):
            cards[-1] = replace(cards[-1], last_row=number - 1)  # what follows is another card, be it readable or not
        apart = False
        if len(filled) == 2 and normalise(filled[0]) in spec.columns[0].headers:
            title = above[1][0] if above and len(above[1]) == 1 else ""
            if not cards and not _is_card(title, filled[1]):
                return []
            if cards and cards[-1].last_row is None:
                cards[-1] = replace(cards[-1], last_row=number - 1)
            cards.append(_card(spec, sheet, number, cells, title or filled[1]))
        elif above and not cards:
            return []
        above = number, filled
    return cards


def _is_title(filled: list[str]) -> bool:
    """Whether a row is one cell of words; one figure alone has lost its day."""
    return len(filled) == 1 and bool(re.search(r"[^\W\d_]", filled[0]))


def _is_day(text: str) -> bool:
    return any(read_date(text, style) for style in DATE.styles)


def and_left_aside(tables: Sequence[Table], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with a problem for rows below a card that are of none."""
    yield from found
    for table, following in zip_longest(tables, tables[1:]):
        header = following.header_row if following and following.sheet is table.sheet else 0
        rows = ((n, cells) for n, cells in table.sheet.rows() if table.last_row and n > table.last_row)
        between = [(n, cells) for n, cells in rows if not blank(cells) and not 0 < header <= n]
        if len(between) > bool(header):  # the title of the next card
            number, cells = between[0]
            expected = says("a card of this format; it was left aside")
            yield Problem(expected, ", ".join(printed(cell) for cell in cells)[:80], table.sheet.name, number)


def _is_card(title: str, column: str) -> bool:
    if title:
        return normalise(title) in COLUMN or normalise(column) == SAYS_NOTHING
    return normalise(column) == SAYS_NOTHING or (bool(_network(column)) and normalise(column) in {*COLUMN, *MISLEADING})


def _card(spec: TableSpec, sheet: Sheet, number: int, cells: Cells, title: str) -> Table:
    headers = tuple(_mended(str(cell)) if cell is not None else "" for cell in cells)
    day, value = (place for place, header in enumerate(headers) if header)
    positions = {"day": (day,), "value": (value,)}
    return Table(spec, sheet, number, headers, positions, note=_mended(title), network=_network(title))


def _mended(text: str) -> str:
    """The text with the apostrophes that a UTF-16 file loses when it is cut to 8 bits."""
    return re.sub("\x19 ?", "\u2019", text).strip()


def _network(title: str) -> str:
    return next((network for network in (FACEBOOK, INSTAGRAM) if network in normalise(title)), "")


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a day; the days that Instagram leaves out of its follows are days of 0."""
    metric = COLUMN.get(normalise(table.note))
    if metric is None:
        expected = says("a title that names the metric; the numbers are kept under the name found, unused")
        yield Problem(expected, table.note, table.sheet.name, table.header_row, table.header("value"))
    found = list(records(table, source))
    yield from (row for row in found if isinstance(row, Problem))
    rows = [(row.values["day"].date(), row) for row in found if isinstance(row, Record)]
    for day, row in rows:
        if row.aside.get("value") is not None:
            yield _says(row, day, row.aside["value"], metric, table, source)
    if metric == "follows" and source.account.network == INSTAGRAM and len(rows) == len(found):
        for (day, row), (following, _) in pairwise(sorted(rows, key=itemgetter(0))):
            for later in range(1, (following - day).days):
                yield _says(row, day + timedelta(later), 0, metric, table, source)


def _says(row: Record, day: date, value: int, metric: str | None, table: Table, source: Source) -> Statement:
    values = {"account": source.account.key, "day": day}
    if metric:
        return Statement("account_days", {**values, metric: value}, row.origin)
    return Statement("account_days", values, row.origin, {table.note: float(value)})


CONNECTOR = Connector(
    key="meta_results",
    networks=(FACEBOOK, INSTAGRAM),
    title=N_("Facebook or Instagram: results by day"),
    where=N_(
        "business.facebook.com, then Insights, Results: on each card, Export, CSV. Vigie asks whose figures they are."
    ),
    tables=(TableSpec("account_days", CARD, read, others=False, daily=True),),
    find=find,
    settle=and_left_aside,
    seen=("en", "fr", "pt"),
    lacks=N_("Followers in all and the name of the account; the cards of one export are files of their own."),
)
