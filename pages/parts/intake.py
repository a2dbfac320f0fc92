"""From dropped files to previews, and from previews to the warehouse, with a word on what is being done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import streamlit as st

from data.model import Answers, Export, Finding, Message, UnknownFormat, UserError, rows_of, says
from data.store import ExportInfo, Loaded, Store
from pages.parts.described import Describe
from pages.parts.frame import Frame
from pages.parts.preview import Preview, Question, tally
from pages.parts.tray import Dropped, Tray

EVERY = 2000  # rows between two words on how far the work is
NAMED = 3  # files named one by one


class Examined(Protocol):
    """A file as a connector understands it."""

    @property
    def export(self) -> Export:
        """The file and what is known of the whole of it."""
        ...

    @property
    def title(self) -> Message:
        """The name of the format it is in."""
        ...

    @property
    def questions(self) -> tuple[Question, ...]:
        """What its user still has to say."""
        ...

    @property
    def guessed(self) -> bool:
        """Whether it was recognised by its shape alone."""
        ...

    def findings(self, zone: str, /) -> Iterable[Finding]:
        """What it says, row by row."""
        ...


Examine = Callable[[str, bytes, Answers, Iterable[str]], Examined]


@dataclass(frozen=True)
class Reader:
    """How files are read: what tells what a file is, what describes a table that nothing knows, and the mappings
    kept, by which tables described before are known."""

    examine: Examine
    describe: Describe
    mappings: Mapping[str, str]

    def __call__(self, file: Dropped) -> Examined:
        """A file as it is understood with the answers given."""
        return self.examine(file.name, file.content, file.answers, self.mappings.values())


def look_at_all(
    frame: Frame, tray: Tray, loaded: Mapping[str, ExportInfo], formats: Mapping[str, Message], read: Reader
) -> None:
    """Makes the previews that are missing, and says meanwhile what is being read."""
    t, zone, known = frame.locale.t, frame.brand.zone, tuple(read.mappings.values())
    news = [file for file in tray.files.values() if file.seen != (file.answers, zone, file.id in loaded, known)]
    if not news:
        return
    bar = st.progress(0.0)
    for place, file in enumerate(news):
        share = place / len(news)

        def told(rows: int, share: float = share, name: str = file.name) -> None:
            bar.progress(share, t("Reading {file}, rows so far: {n}", file=name, n=rows))

        bar.progress(share, t("Opening {file}, {n} MB", file=file.name, n=round(len(file.content) / 10**6, 1)))
        try:
            info = loaded.get(file.id)
            if info and _is_sound(frame.store, file.id):
                preview = Preview(formats[info.connector], info.accounts, info.as_of)
            else:
                preview = _look(file, zone, read, told)
        except Exception:
            del tray.files[file.id]  # or the page would meet the same fault at every turn
            raise
        file.see(preview, zone, file.id in loaded, known)
    bar.empty()


def _look(file: Dropped, zone: str, read: Reader, told: Callable[[int], None]) -> Preview:
    try:
        examined = read(file)
    except UnknownFormat as error:
        return _offered(file, error.message, read.describe)
    except UserError as error:
        return Preview(refused=error.message)
    export, title, mapping = examined.export, examined.title, examined.export.answers.mapping
    if examined.questions:
        return Preview(title, export.accounts, export.as_of, examined.questions, mapping=mapping)
    try:
        found = tally(examined.findings(zone), told, EVERY)
    except UserError as error:
        return Preview(refused=error.message)
    if file.answers.account and found.rows and not found.accounts.keys() & {a.key for a in export.accounts}:
        names = list(found.accounts)
        return Preview(refused=says("Every row of this file names its own account: {names}.", names=names))
    return Preview(
        title, export.accounts, export.as_of, (), found, guessed=examined.guessed, mapping=mapping, asked=export.asked
    )


def _offered(file: Dropped, refused: Message, describe: Describe) -> Preview:
    """The preview of a file that nothing knows: what its columns seem to be, or why that cannot be told."""
    try:
        return Preview(refused=refused, offer=describe(file.name, file.content, None))
    except UserError as error:
        return Preview(refused=refused, why=error.message if error.message != refused else None)


def _is_sound(store: Store, export_id: str) -> bool:
    """Whether the kept copy of a file is whole; loading the file again mends it."""
    try:
        store.content(export_id)
    except UserError:
        return False
    return True


def load(frame: Frame, tray: Tray, files: Sequence[Dropped], read: Reader) -> Message:
    """Loads files as one change, takes them out of the tray, and says what came of it.

    How a table was described is kept first, so that the next file with its headers is known.
    """
    for file in files:
        if file.proposal and file.answers.mapping:
            frame.store.keep_mapping(file.proposal.mapping.name, file.answers.mapping)
    bar, total, done = st.progress(0.0), sum(_size(file) for file in files), 0

    def say(name: str) -> None:
        bar.progress(min(done / total, 1.0), frame.locale.t("Loading {file}", file=name))

    def counted(name: str, found: Iterable[Finding]) -> Iterator[Finding]:
        nonlocal done
        for item in found:
            before, done = done, done + rows_of(item)
            if before // EVERY < done // EVERY:
                say(name)
            yield item

    def pairs() -> Iterator[tuple[Export, Iterable[Finding]]]:
        for file in files:
            say(file.name)
            examined = read(file)
            yield examined.export, counted(file.name, examined.findings(frame.brand.zone))

    results = frame.store.add_exports(pairs())
    bar.empty()
    for file in files:
        del tray.files[file.id]
    names = [file.name for file in files]
    many = says("{n} files", n=len(names))
    return _summed(says("Loaded: {files}.", files=names if len(names) <= NAMED else many), results)


def read_again(frame: Frame, read: Callable[[Export], tuple[Export, Iterable[Finding]]]) -> Message:
    """Reads every kept file again with today's connectors, and says what came of it."""
    t = frame.locale.t
    bar = st.progress(0.0, t("Reading every file again"))

    def told(done: int, of: int) -> None:
        bar.progress(done / of, t("Read again: {n} of {of}", n=done, of=of))

    results = frame.store.rebuild(read, told)
    bar.empty()
    return _summed(says("Every file has been read again."), results)


def _summed(done: Message, results: Sequence[Loaded]) -> Message:
    problems = sum(result.problems for result in results)
    return says(
        "{done} Rows read: {rows}. Problems: {problems}.",
        done=done, rows=sum(result.statements for result in results), problems=problems or says("none"),
    )  # fmt: skip


def _size(file: Dropped) -> int:
    found = file.preview.tally
    return found.rows + found.problems if found else 0
