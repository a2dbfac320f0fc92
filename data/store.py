"""The warehouse of a brand: one folder, versions that never change, every export kept.

Readers ask `read()` for a cursor on the current version and never wait. A write copies that version, changes
the copy in one transaction, proves it sound and publishes it; `version()` is the key under which to cache.
"""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import duckdb

from data import campaigns, exports, kept, ledger, objectives, published, sites, stated
from data.brand import Brand, checked, data_folder, is_slug, slug_of, slugs_of, take
from data.disk import is_full, unreadable, unwritable, writable
from data.exports import ExportInfo, Loaded
from data.model import (
    Account,
    Annotation,
    Answer,
    Check,
    Export,
    Finding,
    Message,
    Noted,
    PeakCause,
    Problem,
    Publication,
    UserError,
    says,
)
from data.snapshots import SENDING, Build, Busy, Snapshots

__all__ = [
    "Brand",
    "Busy",
    "ExportInfo",
    "Loaded",
    "Store",
    "brands",
    "create_brand",
    "data_folder",
    "open_brand",
]

Settings = dict[str, str | bool | int | float | list[str]]
CONFIG: Settings = {
    "threads": "2",  # a page's query takes milliseconds: with more, readers only wait for each other
    "memory_limit": "1GB",  # by default 80 % of the machine for every open file; daily grains need far less
    "autoinstall_known_extensions": "false",  # nothing is ever fetched
    "autoload_known_extensions": "false",
    "storage_compatibility_version": "v1.5.0",  # any DuckDB since 1.5 opens the file
}
READER: Settings = CONFIG | {
    "enable_external_access": "false",  # a query reads the warehouse and no other file
    "temp_directory": "",  # two processes would spill into the same folder
}
Found = Iterable[Finding]


@dataclass(frozen=True, slots=True)
class _Handle:
    """An open version. Every use takes a cursor of its own: a shared one hands out other threads' rows."""

    number: int
    connection: duckdb.DuckDBPyConnection
    today: bool  # its tables are those of this program


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables as schema.sql has them."""

    layout: ledger.Layout
    types: ledger.Types


@dataclass(frozen=True, slots=True)
class _Write:
    cursor: duckdb.DuckDBPyConnection
    types: ledger.Types
    build: Build
    kept: list[str] = field(default_factory=list)  # exports whose bytes this write has put on the disk
    forgotten: list[str] = field(default_factory=list)  # exports whose bytes go when it is published


# Of the brands read last: opening a file takes 20 ms, and one that is open has threads and memory of its own.
_handles: dict[Path, _Handle] = {}
OPEN = 8
_opening = threading.Lock()


class Store:
    """One brand's warehouse. Cheap to make, and safe to share between threads.

    A writer waits up to `wait` seconds for another to end.
    """

    def __init__(self, folder: Path, wait: float = 30) -> None:
        self.folder = folder.resolve()
        self.wait = wait
        self._snapshots = Snapshots(self.folder)

    def version(self) -> int | None:
        """The number of the version that `read` opens now; None before the first. Takes microseconds."""
        return self._snapshots.version()

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only cursor on the current version, for one use in one thread."""
        with closing(self._cursor()) as cursor:
            yield cursor

    def brand(self) -> Brand:
        """The brand as it is named today, also where only a rebuild can open the rest."""
        with closing(self._cursor(outdated=True)) as cursor:
            (row,) = cursor.execute("select name, zone, week_start from brand").fetchall()
        return Brand(self.folder.name, *row)

    def set_brand(self, name: str, zone: str, week_start: int) -> None:
        """Changes the brand's name and clock; its folder keeps its name."""
        brand = checked(self.folder.name, name, zone, week_start)
        with self._write() as write:
            ledger.set_brand(write.cursor, brand)

    def words(self) -> tuple[str, ...]:
        """The brand's own words in searches, as its user has stated them; none before that."""
        with self.read() as cursor:
            return tuple(word for (word,) in cursor.execute("select word from brand_words order by rowid").fetchall())

    def set_words(self, words: Iterable[str]) -> None:
        """Changes the brand's own words."""
        with self._write() as write:
            ledger.set_words(write.cursor, dict.fromkeys(filter(None, map(str.strip, words))))

    def mappings(self) -> dict[str, str]:
        """What the columns of tables in no known format mean, as TOML by the name given to each table."""
        with self.read() as cursor:
            return dict(cursor.execute("select name, toml from mappings order by lower(name), name").fetchall())

    def keep_mapping(self, name: str, toml: str) -> None:
        """Keeps a mapping under its name, in the place of what was kept there; the same again changes nothing."""
        if self.mappings().get(name) != toml:
            with self._write() as write:
                ledger.keep_mapping(write.cursor, name, toml)

    def forget_mapping(self, name: str) -> None:
        """Forgets a mapping; what was read by it stays, and can be read again."""
        with self._write() as write:
            ledger.forget_mapping(write.cursor, name)

    def same_sites(self) -> sites.Links:
        """Which account measures the same site as which: each with the one that goes before it."""
        with self.read() as cursor:
            return sites.links(cursor)

    def join_site(self, account: str, lead: str) -> None:
        """States that an account measures the same site as `lead`, whose figures go first where both state a day."""
        with self._write() as write:
            sites.join(write.cursor, account, lead)

    def part_site(self, account: str) -> None:
        """Takes back that an account measures the same site as another."""
        with self._write() as write:
            sites.part(write.cursor, account)

    def objectives(self) -> list[objectives.Objective]:
        """Every version of what is aimed at, in the order in which they were stated."""
        with self.read() as cursor:
            return objectives.stated(cursor)

    def state_objectives(self, aims: Iterable[tuple[objectives.Objective, date]]) -> int:
        """States what is aimed at, each with the first day of its running period; gives how many say something new.

        Where one is refused, nothing is changed.
        """
        with self._write() as write:
            added = objectives.state(write.cursor, aims)
            write.build.wanted = bool(added)
        return added

    def forget_objective(self, aim: objectives.Aim) -> None:
        """Forgets all that was ever stated of an aim."""
        with self._write() as write:
            objectives.forget(write.cursor, aim)

    def campaigns(self) -> list[campaigns.Campaign]:
        """Every campaign that people have stated, the last that began first."""
        with self.read() as cursor:
            return campaigns.campaigns(cursor)

    def state_campaigns(
        self, stated: Iterable[campaigns.Campaign], aims: Iterable[tuple[objectives.Objective, date]] = ()
    ) -> int:
        """States campaigns, each in the place of the one of its name, and what is aimed at in their days.

        Gives how many campaigns or aims say something new; where one is refused, nothing is changed.
        """
        with self._write() as write:
            new = sum([campaigns.state_campaign(write.cursor, one) for one in stated])
            new += objectives.state(write.cursor, aims)
            write.build.wanted = bool(new)
        return new

    def forget_campaign(self, name: str) -> None:
        """Takes back a campaign."""
        with self._write() as write:
            campaigns.forget_campaign(write.cursor, name)

    def annotations(self) -> list[Annotation]:
        """What happened on which days, as people have stated it; the oldest first."""
        with self.read() as cursor:
            return stated.read_annotations(cursor)

    def annotate(self, noted: Noted) -> str:
        """States what happened on a day or on a span of days; gives the id of the annotation."""
        with self._write() as write:
            return stated.annotate(write.cursor, noted)

    def annotate_all(self, noted: Iterable[Noted]) -> int:
        """States several annotations; gives how many are new. Where one is refused, nothing is changed."""
        with self._write() as write:
            added = stated.annotate_all(write.cursor, noted)
            write.build.wanted = bool(added)
        return added

    def change_annotation(self, annotation: str, noted: Noted) -> None:
        """States an annotation anew."""
        with self._write() as write:
            stated.change_annotation(write.cursor, annotation, noted)

    def forget_annotation(self, annotation: str) -> None:
        """Takes back an annotation."""
        with self._write() as write:
            stated.forget_annotation(write.cursor, annotation)

    def peak_causes(self) -> list[PeakCause]:
        """What people have said of peaks, the newest day first."""
        with self.read() as cursor:
            return stated.read_causes(cursor)

    def state_cause(self, said: PeakCause) -> None:
        """Keeps what people say of a peak, in the place of what they said of it before."""
        with self._write() as write:
            stated.state_cause(write.cursor, said, datetime.now(UTC).replace(tzinfo=None))

    def publications(self) -> list[Publication]:
        """Reports that were handed over, the oldest first."""
        with self.read() as cursor:
            return published.publications(cursor)

    def publish(self, said: Publication) -> str:
        """Keeps what a report that is handed over printed; gives its id."""
        with self._write() as write:
            return published.publish(write.cursor, said, datetime.now(UTC).replace(tzinfo=None))

    @contextmanager
    def handing_over(self) -> Iterator[None]:
        """The right to hand reports over, which one has at a time; others load and read meanwhile."""
        with self._snapshots.lock(self.wait, "send", SENDING):
            yield

    def forget_publication(self, publication: str) -> None:
        """Takes back that a report was handed over."""
        with self._write() as write:
            published.forget_publication(write.cursor, publication)

    def add_export(self, export: Export, found: Found) -> Loaded:
        """Adds an export with what was found in it; the same bytes twice change nothing."""
        return self.add_exports([(export, found)])[0]

    def add_exports(self, pairs: Iterable[tuple[Export, Found]], instead_of: Iterable[str] = ()) -> list[Loaded]:
        """Adds several exports as one version, and forgets others; where one fails, nothing is changed."""
        loaded: list[Loaded] = []
        with self._write() as write:
            for export, found in pairs:
                loaded.append(ledger.add(write.cursor, write.types, export, found))
                with writable(self.folder):
                    if kept.keep(self.folder, export.id, export.content) and loaded[-1].new:
                        write.kept.append(export.id)
            new = [one.export_id for one in loaded if one.new]
            gone = list(set(instead_of) - {one.export_id for one in loaded})
            write.build.wanted = bool(new or gone)
            if new or gone:
                ledger.touch(write.cursor, new + gone)
                for export_id in gone:
                    exports.name_of(write.cursor, export_id)
                    ledger.remove(write.cursor, export_id)
                ledger.believe(write.cursor, write.types)
            write.forgotten.extend(gone)
        return loaded

    def forget_export(self, export_id: str) -> None:
        """Takes back an export, its bytes included: all is as if it had never been loaded."""
        with self._write() as write:
            exports.name_of(write.cursor, export_id)
            ledger.touch(write.cursor, [export_id])
            ledger.remove(write.cursor, export_id)
            ledger.believe(write.cursor, write.types)
            write.forgotten.append(export_id)

    def rebuild(
        self,
        read: Callable[[Export], tuple[Export, Found]],
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Loaded]:
        """Reads every kept export again into a new warehouse; one that fails stays, with the problem it is.

        `progress` is told how many are done, and of how many.
        """
        loaded: list[Loaded] = []
        with self._write(fresh=True) as write, closing(self._cursor(outdated=True)) as old:
            ledger.carry(old, write.cursor)
            total = len(exports.infos(old))
            for export, loaded_at in exports.originals(old, self.content):
                loaded.append(ledger.again(write.cursor, write.types, export, read, loaded_at))
                if progress:
                    progress(len(loaded), total)
            ledger.touch(write.cursor, [one.export_id for one in loaded])
            ledger.believe(write.cursor, write.types)
        return loaded

    def exports(self) -> list[ExportInfo]:
        """Every export, the oldest first."""
        with self.read() as cursor:
            return exports.infos(cursor)

    def problems(self, export_id: str) -> list[Problem]:
        """What could not be read of an export, in the order of reading."""
        with self.read() as cursor:
            return exports.problems(cursor, export_id)

    def checks(self, export_id: str) -> list[Check]:
        """The totals that an export declares, beside what its rows come to, in the order of reading."""
        with self.read() as cursor:
            return exports.checks(cursor, export_id)

    def answers(self, export_id: str) -> list[Answer]:
        """Which slices an export answers as a whole, for which days, in the order of reading."""
        with self.read() as cursor:
            return exports.answers(cursor, export_id)

    def accounts(self) -> list[Account]:
        """Every account that an export states."""
        with self.read() as cursor:
            return exports.accounts(cursor)

    def content(self, export_id: str) -> bytes:
        """The bytes of an export, exactly as received."""
        with closing(self._cursor(outdated=True)) as cursor:
            return kept.content(self.folder, export_id, exports.name_of(cursor, export_id))

    def check(self) -> list[Message]:
        """What is not as it should be in the tables and among the kept files; nothing where all is sound."""
        while True:
            version = self.version()
            with self.read() as cursor:
                wrong = list(ledger.faults(cursor, _today().types))
                rows = cursor.execute("select export_id, name from exports order by rank").fetchall()
            wrong += [kept.damaged(name) for export_id, name in rows if not kept.is_sound(self.folder, export_id)]
            if not wrong or self.version() == version:  # else an export may have been forgotten meanwhile
                return wrong

    def _cursor(self, outdated: bool = False) -> duckdb.DuckDBPyConnection:
        for _ in range(5):
            number = self.version()
            if number is None:
                raise UserError(self._snapshots.lost())
            path = self._snapshots.path(number)
            try:
                with _opening:
                    handle = _handles.pop(self.folder, None)
                    if handle is None or handle.number != number:
                        handle = _opened(path, number)
                    _handles[self.folder] = handle
                    if len(_handles) > OPEN:
                        del _handles[next(iter(_handles))]
                    if not (handle.today or outdated):
                        raise UserError(_outdated(self.folder.name))
                    return handle.connection.cursor()
            except duckdb.Error as error:
                reason = str(error)
                time.sleep(0.02)  # two writes ago this version was current; look again
        raise UserError(unreadable(path, reason) if path.exists() else self._snapshots.lost())

    @contextmanager
    def _write(self, fresh: bool = False) -> Iterator[_Write]:
        with self._snapshots.lock(self.wait):
            with (
                self._snapshots.build(fresh) as build,
                _told(self.folder),
                closing(_connected(build.path)) as cursor,
            ):
                cursor.begin()
                if fresh:
                    ledger.create(cursor)
                if ledger.layout(cursor) != _today().layout:
                    raise UserError(_outdated(self.folder.name))
                write = _Write(cursor, _today().types, build)
                try:
                    yield write
                    if build.wanted:
                        cursor.commit()
                        cursor.execute("checkpoint")  # a published file carries no log beside it
                except BaseException:
                    for export_id in write.kept:
                        with suppress(OSError):  # bytes that no export claims do no harm
                            kept.remove(self.folder, export_id)
                    raise
            for export_id in write.forgotten:
                kept.forget(self.folder, export_id)


def brands() -> list[Brand]:
    """The brands that are present, by name; one that cannot be opened stands under the name of its folder."""
    root = data_folder()
    folders = [folder for folder in root.iterdir() if _is_brand(folder)] if root.is_dir() else []
    return sorted(map(_brand_in, folders), key=lambda brand: (brand.name.casefold(), brand.slug))


def create_brand(name: str, zone: str = "Europe/Paris", week_start: int = 1, slug: str | None = None) -> Store:
    """A new brand's empty warehouse, in the folder `slug` or else in one named after the brand."""
    brand = checked("", name, zone, week_start)
    root = data_folder()
    with writable(root):
        root.mkdir(parents=True, exist_ok=True)
        made = root / f".new-{secrets.token_hex(4)}"  # renamed when whole: a brand is never there in part
        made.mkdir()
        try:
            with Store(made)._write(fresh=True) as write:
                ledger.set_brand(write.cursor, brand)
            for candidate in [slug_of(slug)] if slug else slugs_of(name):
                if take(made, root / candidate):
                    return Store(root / candidate)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    raise UserError(says("There is already a brand in the folder {slug}.", slug=slug))


def open_brand(slug: str) -> Store:
    """The warehouse of the brand in the folder `slug`."""
    folder = data_folder() / slug
    if not (is_slug(slug) and _is_brand(folder)):
        raise UserError(says("There is no brand named {slug}.", slug=slug))
    return Store(folder)


def _is_brand(folder: Path) -> bool:
    return is_slug(folder.name) and ((folder / "CURRENT").exists() or bool(Snapshots(folder).numbers()))


def _brand_in(folder: Path) -> Brand:
    try:
        return Store(folder).brand()
    except UserError:  # said when the brand is opened; the others must stay within reach
        return Brand(folder.name, folder.name, "UTC", 1)


def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path), config=CONFIG)
    connection.execute("set enable_progress_bar = false")  # not accepted in `config`
    return connection


def _opened(path: Path, number: int) -> _Handle:
    connection = duckdb.connect(str(path), read_only=True, config=READER)
    ((locked,),) = connection.execute("select current_setting('lock_configuration')").fetchall()
    if not locked:  # else the file is still open for a cursor, and all is set
        connection.execute("set enable_progress_bar = false")
        connection.execute("set lock_configuration = true")  # last: nothing can be set after it
    return _Handle(number, connection, ledger.layout(connection) == _today().layout)


@cache
def _today() -> _Tables:
    with closing(duckdb.connect(":memory:", config=CONFIG)) as connection:
        ledger.create(connection)
        return _Tables(ledger.layout(connection), ledger.arrow_types(connection))


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tells the user, where the database cannot write."""
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        if isinstance(error, duckdb.IOException) or is_full(reason):
            raise UserError(unwritable(folder, reason)) from error
        raise


def _outdated(slug: str) -> Message:
    return says(
        "This warehouse was made by another version of Vigie. "
        "Bring it up to date with: python vigie.py rebuild --brand {slug}",
        slug=slug,
    )
