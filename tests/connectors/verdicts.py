"""What a mutated sample says, beside what the sample itself was written down to say.

The truth is `<sample>.expected.json`, which was read line by line by whoever wrote the sample: no code under test
takes part in it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from documents import Document, document_of
from mutated_objects import objects_of
from mutations import RENAMED, Mutated, Place, Region
from test_samples import ZONE, answers_of, beside, said

from connectors.reading import Examined, examine
from data.model import Check, Problem, Statement, UserError

Said = Mapping[str, Any]

SITE = ("account", "slice", "first_day", "last_day")
# Counts of a day that are the sum of several rows, any of which may be cut; and what another row tells of a post.
SUMMED = {"discord": ("unfollows",)}
BESIDE_IT = {"linkedin_content": ("campaign",)}
# Counts that these formats leave empty where they are 0.
ZERO_IF_EMPTY = {
    "facebook_posts": ("reactions", "comments", "shares", "link_clicks"),
    "meta_ads": ("cost", "impressions", "clicks", "conversions", "conversion_value"),
}
KEYS = {
    "posts": ("account", "post_id", "counted_from"),
    "account_days": ("account", "day"),
    "audience": ("account", "dimension", "member", "first_day", "last_day"),
    "web": (*SITE, "channel", "source", "campaign", "landing_page", "page", "title", "referrer", "country", "city",
            "device", "event", "hour", "member"),
    "search": (*SITE, "query", "page", "country", "device", "appearance"),
    "ads": ("account", "campaign", "part", "first_day", "last_day", "currency"),
    "reviews": ("account", "review_id"),
}  # fmt: skip


NUMBERED = re.compile(r"(^| )\(#?\d+\)$|(?<=^\d{10})-\d+$")  # what tells one of several of a name, or of a second
DIMENSIONS = ("landing_page", "page", "title", "channel", "source", "country", "member")


@dataclass(frozen=True)
class Verdict:
    """`result`: same, refused (with the place), asked or WRONG; and why."""

    result: str
    why: str = ""


@dataclass(frozen=True)
class Truth:
    """A sample, and what was written down beside it."""

    path: Path

    @cached_property
    def document(self) -> Document:
        return objects_of(self.path) if self.path.suffix == ".json" else document_of(self.path)

    @cached_property
    def expected(self) -> Mapping[str, Any]:
        return json.loads(beside(self.path, "expected").read_text("utf-8"))

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Where the tables are, so that most mutations hit them."""
        one = examine(self.document.name, self.document.content(), answers_of(self.path))
        found = []
        for table in one.tables:
            if table.spec.side and not table.positions:
                continue
            grid = next(grid for grid in self.document.grids if grid.sheet == table.sheet.name)
            later = [t.header_row for t in one.tables if t.sheet.name == grid.sheet and t.header_row > table.header_row]
            last = table.last_row or min([len(grid.rows), *(row - 1 for row in later)])
            keys = {place: key for key, places in table.positions.items() for place in places}
            said_in = (row for sheet, row in self.by_place if sheet == grid.sheet and row > table.header_row)
            first = min((row for row in said_in if row <= last), default=table.header_row + 1)
            said_last = max((row for sheet, row in self.by_place if sheet == grid.sheet and row <= last), default=0)
            found.append(Region(grid.sheet, table.header_row, first, last, keys, said_last, table.guessed))
        return tuple(found)

    @cached_property
    def by_key(self) -> Mapping[tuple[Any, ...], list[Said]]:
        found: dict[tuple[Any, ...], list[Said]] = defaultdict(list)
        for each in self.expected["statements"]:
            found[key_of(each)].append(each)
        return found

    @cached_property
    def by_place(self) -> Mapping[Place, list[Said]]:
        found: dict[Place, list[Said]] = defaultdict(list)
        for each in self.expected["statements"]:
            found[place_of(each)].append(each)
        return found

    def read(self, mutated: Mutated) -> Examined:
        """The mutated file, its account and the day of its export told as they are."""
        answers = answers_of(self.path)
        one = examine(mutated.document.name, mutated.content, answers)
        about = {question.about for question in one.questions}
        if "account" in about and answers.account is None and len(self.expected["accounts"]) == 1:
            answers = replace(answers, account=self.expected["accounts"][0])
        if "as_of" in about:
            answers = replace(answers, as_of=datetime.fromisoformat(self.expected["as_of"]))
        return examine(mutated.document.name, mutated.content, answers) if about & {"account", "as_of"} else one


def key_of(told: Said) -> tuple[Any, ...]:
    """What a statement is of, in the words of the ledger."""
    return told["table"], *(_alike(told.get(key)) for key in KEYS[told["table"]])


def _alike(value: Any) -> Any:
    """A name without case and odd spaces, and without the number that tells one of several with that name."""
    if not isinstance(value, str):
        return value
    return " ".join(NUMBERED.sub("", value).replace("\u2019", "'").casefold().split()) or None


def place_of(told: Said) -> Place:
    """The sheet and the row of a statement as it is written down."""
    sheet, _, row = told["row"].rpartition(":")
    return sheet, int(row)


def judge(truth: Truth, mutated: Mutated) -> Verdict:
    """What became of a mutated file."""
    try:
        one = truth.read(mutated)
        if one.questions:
            return Verdict("asked", one.questions[0].about)
        items = list(one.statements(ZONE))
    except UserError as error:
        places = (
            mutated.document.name,
            *(g.sheet for g in mutated.document.grids),
            *(g.member for g in mutated.document.grids),
        )
        account = answers_of(truth.path).account
        named = any(place and place in str(error) for place in (*places, account))
        return Verdict("refused" if named else "WRONG", f"refused: {error}")
    return _Judged(truth, mutated, items).verdict()


class _Judged:
    def __init__(self, truth: Truth, mutated: Mutated, items: list[Any]) -> None:
        self.truth, self.mutated = truth, mutated
        self.now = {grid.sheet: grid.now_at() for grid in mutated.document.grids}
        self.statements = [self._home(said(item)) for item in items if isinstance(item, Statement)]
        self.problems = [replace(p, sheet=self._sheet(p.sheet)) for p in items if isinstance(p, Problem)]
        self.new = [p for p in self.problems if not self._known(p)]
        self.told = self._told() | self._unequal(c for c in items if isinstance(c, Check))

    def _sheet(self, name: str) -> str:
        """The name that a sheet had; a spreadsheet gives the only one another."""
        (first, *others) = self.truth.document.grids
        return name if others else first.sheet

    def _home(self, told: dict[str, Any]) -> dict[str, Any]:
        sheet, row = place_of(told)
        return {**told, "row": f"{self._sheet(sheet)}:{row}"}

    def _known(self, problem: Problem) -> bool:
        told = said(problem)
        return any(
            (told["expected"], told["found"], told["sheet"]) == (old["expected"], old["found"], old["sheet"])
            and (self._was(problem.sheet, problem.row) == old["row"])
            for old in self.truth.expected["problems"]
        )

    def _was(self, sheet: str, row: int | None) -> int | None:
        return self.now.get(sheet, {}).get(row, row) if row else row

    def _told(self) -> set[tuple[str, int | None]]:
        """The places that problems name: a row, a table by its title or header, or all of a sheet."""
        told: set[tuple[str, int | None]] = set()
        for problem in self.new:
            row = self._was(problem.sheet, problem.row)
            told.add((problem.sheet, row))
            for region in self.truth.regions:
                if region.sheet != problem.sheet or row is None:
                    continue
                if region.header - 2 <= row < region.first:
                    told.update((region.sheet, each) for each in range(region.header, region.last + 1))
                elif row <= region.last and "left aside" in problem.expected.text:
                    told.update((region.sheet, each) for each in range(row, region.last + 1))
        return told

    def _unequal(self, checks: Iterator[Check]) -> set[tuple[str, int | None]]:
        """The places of totals that are not what their rows come to, but for those of the sample itself."""
        unequal = {(self._sheet(c.origin.sheet), c.origin.row) for c in checks if c.declared != c.read}
        before = {place_of(c) for c in self.truth.expected.get("checks", ()) if c["declared"] != c["read"]}
        return {(sheet, self._was(sheet, row)) for sheet, row in unequal} - before

    def verdict(self) -> Verdict:
        wrong = next(self._findings(), "")
        if wrong:
            return Verdict("WRONG", wrong)
        if self.new:
            problem = self.new[0]
            if not problem.sheet or not str(problem.expected):
                return Verdict("WRONG", f"a problem without a place: {problem}")
            return Verdict("told", f"{problem.expected} ({problem.sheet}, {problem.row}, {problem.column})")
        return Verdict("same")

    def _findings(self) -> Iterator[str]:
        yield from self._other()
        yield from self._missing()

    def _other(self) -> Iterator[str]:
        """Statements that the sample does not make."""
        for told in self.statements:
            sheet, row = place_of(told)
            place = sheet, self._was(sheet, row) or 0
            old = [*self.truth.by_key.get(key_of(told), ()), *self._under_another_name(told, place)]
            if not old:
                if not self._says_nothing(told, place):
                    yield f"new: {told}"
                continue
            if not self.truth.by_place.get(place) and all(
                place_of(each) in self.mutated.gone or place_of(each) in self.mutated.touched for each in old
            ):
                continue  # a row that is passed over for another one, which is cut
            differences = [list(self._different(told, each, place)) for each in old]
            if all(differences):
                yield f"differs: {min(differences, key=len)} in {told}"

    def _says_nothing(self, told: Said, place: Place) -> bool:
        """Whether a statement without a like holds no number, or is of a column that nobody knows, and said to be."""
        odd = bool(self._lost_at(place)) or place in self.mutated.touched
        names = (str(told.get(key)) for key in ("slice", "dimension", "member"))
        if odd and any(p["sheet"] == place[0] and p["row"] == place[1] for p in self.truth.expected["problems"]):
            return True  # the cell that kept the row from being read is gone
        if not self.truth.by_place.get(place) and any(self._is_junk(name, place) for name in map(str, told.values())):
            return True  # a total that is given a name is one of the rows
        own = any(RENAMED.casefold() in name.casefold() for name in names)
        return odd and all(own and number in self._printed_in(place) for number in _numbers(told))

    def _under_another_name(self, told: Said, place: Place) -> list[Said]:
        """What the row said, where what it is of has another name: junk, or less than a column that is lost told."""
        same = [old for old in self.truth.by_place.get(place, []) if old["table"] == told["table"]]
        return [old for old in same if all(self._renamed(told, old, key, place) for key in KEYS[told["table"]])]

    def _renamed(self, told: Said, old: Said, key: str, place: Place) -> bool:
        now, before = _alike(told.get(key)), _alike(old.get(key))
        if now == before or self._is_junk(told.get(key), place):
            return True
        lost, touched = bool(self._lost_at(place)), self.mutated.touched.get(place, ())
        if key == "slice" and self._is_junk(told.get("member"), place):
            return True  # a column that holds words is one of what rows are of
        if key == "slice" and any(self._is_junk(told.get(key), each) for each in self.mutated.touched):
            return True  # a filter of the whole export
        if key in ("first_day", "last_day"):
            return self._dated_by_others(told, old, place)
        if key == "account" and self.truth.path.parent.name == "meta_instagram":
            grids = self.mutated.document.grids  # the name of an account is that of most of its rows
            return _alike(str(now).partition(":")[2]) in {
                _alike(str(c)) for g in grids for r in g.rows for c in r.cells
            }
        if key in ("account", "day", "post_id", "review_id"):
            return False
        if key == "counted_from" and (lost or touched or place in self.told):
            return now is not None  # the counts are of the period at least
        if not lost and "" not in touched:
            return key in ("slice", *DIMENSIONS) and self._under_own_header(told, old)
        return key in ("slice", "dimension", "member", "part") or now is None or RENAMED.casefold() in str(now)

    def _dated_by_others(self, told: Said, old: Said, place: Place) -> bool:
        """Whether a period is another one because what dates it is gone, and nothing tells so.

        The days of a chart date the tables beside it, and may begin or end with a row that was cut. Rows of
        campaigns that have lost their day are of the period that the report states.
        """
        first, last = (told["first_day"], old["first_day"]), (told["last_day"], old["last_day"])
        if told["table"] == "ads" and (self._lost_at(place) or self.mutated.gone):
            return first[0] <= first[1] and last[0] >= last[1]
        cut = {sheet for sheet, _ in (*self.mutated.gone, *self.mutated.touched)} - {place[0]}
        return bool(cut) and first[0] >= first[1] and last[0] <= last[1]

    def _under_own_header(self, told: Said, old: Said) -> bool:
        """Whether what the row is of is named by its header, where the format's word for it is not known."""
        junk = any(self._is_junk(told.get(key), place_of(old)) for key in DIMENSIONS)
        now, before = ([_alike(str(each[key])) for key in DIMENSIONS if each.get(key)] for each in (told, old))
        return (now == before or junk) and any(
            _alike(str(cell)) == _alike(told.get("slice"))
            for grid in self.truth.document.grids
            for row in grid.rows
            for cell in row.cells
        )

    def _lost_at(self, place: Place) -> list[tuple[Region, int]]:
        """The columns that a row has lost."""
        return [
            (region, column)
            for sheet, header, column in self.mutated.lost
            for region in self.truth.regions
            if (region.sheet, region.header) == (sheet, header)
            and sheet == place[0]
            and header < place[1] <= region.last
        ]

    def _is_junk(self, value: Any, place: Place) -> bool:
        touched = self.mutated.touched.get(place, ())
        texts = (text for each in touched for text in (_as_text(each), str(each)))
        return isinstance(value, str) and any(
            text and text.casefold() in value.replace("\n", "").replace("_", " ").casefold() for text in texts
        )

    def _different(self, told: Said, old: Said, place: Place) -> Iterator[str]:
        for key, value in told.items():
            if key not in ("row", "others") and not self._renamed_value(key, told, old, place):
                if not self._cannot_be_told(key, value, old, place):
                    yield f"{key}: {value!r} for {old.get(key)!r}"
        others = {_alike(name): number for name, number in old.get("others", {}).items()}
        numbers = {n for n in (*others.values(), *old.values()) if isinstance(n, (int, float))}
        for name, number in told.get("others", {}).items():
            named = others.get(_alike(name))
            printed = named is None and (
                number in numbers
                or (RENAMED in name and number in self._printed_in(place))
                or number in self._printed_under(name, place)
            )
            if number != named and not printed:
                yield f"others {name}: {number!r} for {named!r}"

    def _cannot_be_told(self, key: str, value: Any, old: Said, place: Place) -> bool:
        """Whether a figure is another because of what is gone, of which the file keeps no trace."""
        name = self.truth.path.parent.name
        if self.mutated.gone and key in SUMMED.get(name, ()):
            return value < old[key]
        if value != 0:
            return False
        if (self.mutated.gone or self.mutated.touched) and old.get(key) is None:
            return True  # a column that says nothing but 0 is left out, and what proved it to say more is gone
        return "" in self.mutated.touched.get(place, ()) and key in ZERO_IF_EMPTY.get(name, ())

    def _printed_in(self, place: Place) -> set[float]:
        """The numbers that a row of the sample prints."""
        grid = next(grid for grid in self.truth.document.grids if grid.sheet == place[0])
        return {number for cell in (grid.rows[place[1] - 1].cells if place[1] else ()) for number in _readings(cell)}

    def _printed_under(self, name: str, place: Place) -> set[float]:
        """The numbers that a row prints under a header; an amount has lost its currency, for instance."""
        grid = next(grid for grid in self.truth.document.grids if grid.sheet == place[0])
        row = grid.rows[place[1] - 1].cells if place[1] else ()
        headers = [region.header for region in self.truth.regions if region.sheet == place[0]]
        heads = [grid.rows[header - 1].cells for header in headers]
        places = {at for cells in heads for at, cell in enumerate(cells) if _alike(str(cell)) == _alike(name)}
        return {number for at in places if at < len(row) for number in _readings(row[at])}

    def _renamed_value(self, key: str, told: Said, old: Said, place: Place) -> bool:
        if _alike(told.get(key)) == _alike(old.get(key)) or self._is_junk(told.get(key), place):
            return True
        touched = bool(self._lost_at(place)) or place in self.mutated.touched
        if key in KEYS[told["table"]] and self._renamed(told, old, key, place):
            return True
        if touched and key in ("kind", "campaign"):
            return True  # told by the text, or by a column that is damaged
        if key == "campaign" and any(self._is_junk(told.get(key), each) for each in self.mutated.touched):
            return True  # of a row beside it
        # A moment that the id of a post holds stands in for the printed one, and is left out where the two disagree.
        of_ids = self.truth.path.parent.name.startswith(("tiktok", "linkedin"))
        return touched and of_ids and key in ("day", "published_at")

    def _missing(self) -> Iterator[str]:
        """What the sample states and the mutated file does not, without a word."""
        now: dict[tuple[Any, ...], list[Said]] = defaultdict(list)
        for told in self.statements:
            now[key_of(told)].append(told)
        for old in self.truth.expected["statements"]:
            place = place_of(old)
            if place in self.mutated.gone or place in self.told or (place[0], None) in self.told:
                continue
            damaged = self.mutated.gone or self.mutated.touched
            if damaged and not any(_numbers(old)):
                continue  # a day of 0 that lies between two, one of which is gone
            if any(RENAMED.casefold() in str(told.get("dimension")) for told in self._at(place)):
                continue
            same = now.get(key_of(old)) or [
                t for t in self._at(place) if place in self._under_another_name_of(t, old, place)
            ]
            if not same:
                if not self._struck(old, place):
                    yield f"lost: {old}"
                continue
            lost = [
                key for key in _flat(old) if not any(_kept(key, old, told) for told in same)
            ]  # as the ledger adds up
            lost = [key for key in lost if not self._may_be_lost(key, place)]
            if lost:
                yield f"lost {lost} of {old}"

    def _under_another_name_of(self, told: Said, old: Said, place: Place) -> set[Place]:
        return {place} if old in self._under_another_name(told, place) else set()

    def _struck(self, old: Said, place: Place) -> bool:
        """Whether a cell of the row that held one of its values is empty now, or no number, or lost with its column."""
        grid = next((grid for grid in self.truth.document.grids if grid.sheet == place[0]), None)
        if grid is None:
            return False
        before = grid.rows[place[1] - 1].cells
        gone = [before[column] for _, column in self._lost_at(place) if column < len(before)]
        if place in self.mutated.touched:
            gone += [cell for cell, now in zip(before, self._cells_now(place), strict=False) if cell != now]
        numbers = {round(number * by, 6) for number in _numbers(old) for by in (1, 100)}
        return any(_readings(cell) & numbers for cell in gone)

    def _cells_now(self, place: Place) -> Sequence[Any]:
        grid = next(grid for grid in self.mutated.document.grids if grid.sheet == place[0])
        return next((row.cells for row in grid.rows if row.number == place[1]), ())

    def _at(self, place: Place) -> Iterator[Said]:
        for told in self.statements:
            sheet, row = place_of(told)
            if (sheet, self._was(sheet, row)) == place:
                yield told

    def _may_be_lost(self, key: str, place: Place) -> bool:
        if place in self.mutated.touched:
            return True
        if self.mutated.gone and key in BESIDE_IT.get(self.truth.path.parent.name, ()):
            return True
        region = next((r for r in self.truth.regions if r.sheet == place[0] and r.header < place[1] <= r.last), None)
        if region and any((region.sheet, row) in self.mutated.gone for row in range(region.header, region.first)):
            return True  # a second row of headers
        summed = SUMMED.get(self.truth.path.parent.name, ())
        if (self.mutated.gone or self.mutated.touched) and summed and (key in summed or key.startswith("others: ")):
            return True
        guessed = region is not None and region.guessed
        if (guessed or key.startswith("others: ")) and self._in_a_touched_column(region, key):
            return True  # a column that is not known counts nothing where it holds something else than counts
        if region and self.new and key not in region.keys.values():
            return True  # worked out of several rows or cells, one of which is told to be damaged
        return any(key not in self._printed(region, column) for region, column in self._lost_at(place))

    def _in_a_touched_column(self, region: Region | None, key: str) -> bool:
        if region is None:
            return False
        grid = next(grid for grid in self.truth.document.grids if grid.sheet == region.sheet)
        header = grid.rows[region.header - 1].cells
        places = {at for at, cell in enumerate(header) if f"others: {_alike(str(cell))}" == key}
        places |= {at for at, name in region.keys.items() if name == key}
        rows = [row for sheet, row in self.mutated.touched if sheet == region.sheet]
        cells = [(grid.rows[row - 1].cells, self._cells_now((region.sheet, row))) for row in rows]
        return any(at < len(before) and now[at] != before[at] for at in places for before, now in cells)

    def _printed(self, region: Region, lost: int) -> set[str]:
        """The values that stand in the columns that are left, each by itself."""
        grid = next(grid for grid in self.truth.document.grids if grid.sheet == region.sheet)
        header = grid.rows[region.header - 1].cells
        others = {f"others: {_alike(str(cell))}" for place, cell in enumerate(header) if place != lost}
        return others | {key for place, key in region.keys.items() if place != lost}


def _as_text(cell: Any) -> str:
    """A cell as a name that it has become is written."""
    if isinstance(cell, datetime) and cell == datetime(cell.year, cell.month, cell.day):
        return cell.date().isoformat()
    return re.sub(r"[\0\n]", "", str(int(cell) if isinstance(cell, float) else cell)).strip()


def _numbers(told: Said) -> list[float]:
    numbers = (*told.values(), *told.get("others", {}).values())
    return [abs(float(number)) for number in numbers if isinstance(number, (int, float))]


def _readings(cell: Any) -> set[float]:
    """The numbers that a cell may state, whatever its marks of decimals and thousands are."""
    digits = re.sub(r"[^\d.,]", "", str(cell))
    texts = {digits.replace(",", ""), digits.replace(".", ""), digits.replace(",", "."), re.sub(r"\D", "", digits)}
    return {round(float(text), 6) for each in texts if re.fullmatch(r"\d+\.?\d*", text := each.replace(",", "."))}


def _kept(key: str, old: Said, told: Said) -> bool:
    """Whether a value is still told, be it under the header of its column, or as a name."""
    value = _flat(old)[key]
    if key in _flat(told) or _alike(value) is None:
        return True
    text = f"{value:g}" if isinstance(value, float) else str(value)
    names = {_alike(part) for dimension in DIMENSIONS for part in str(told.get(dimension)).split(" / ")}
    number = isinstance(value, (int, float)) and value in told.get("others", {}).values()
    return number or _alike(text) in names


def _flat(told: Said) -> dict[str, Any]:
    others = {f"others: {_alike(name)}": number for name, number in told.get("others", {}).items()}
    return {key: value for key, value in told.items() if key not in ("row", "others")} | others
