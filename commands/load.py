"""The command `load`: files become exports of a brand, one by one, so that one that fails stops no other."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from typing import Any

from commands.brands import brand_for, own_brand
from commands.voice import Voice
from commands.words import accounts_of, asked, days_of, missing_lines, problem_lines, title_of
from connectors.base import Question
from connectors.mapping import checked, read_mapping
from connectors.reading import UNANSWERED, Examined, describe, examine, with_answers
from connectors.sheet import decode
from data.checks import compared
from data.model import Answers, Content, Export, Message, UnknownFormat, UserError, id_of, says
from data.store import Busy, Store


def load(args: Namespace, voice: Voice) -> int:
    """Loads files; the status is 1 when one of them is not."""
    store = own_brand(args.brand)
    loading = _Loading(args, voice, store, mapping_named(args.mapping, store) if args.mapping else None)
    paths = list(dict.fromkeys(files(args.files)))
    if not paths:
        raise UserError(says("There is no file in {folder}.", folder=args.files))
    left = 0
    for number, path in enumerate(paths, 1):
        work = says("{number} of {total}: {file}", number=number, total=len(paths), file=path.name)
        voice.progress(work, now=True)
        try:
            reasons = loading.file(path, work)
        except Busy:  # every other file would wait in its turn
            raise
        except UserError as error:
            reasons = [error.message]
        if reasons:
            left += 1
            voice.warn(says("{file}: not loaded", file=str(path)))
            voice.warn(*reasons, indent="  ")
    if loading.store and loading.touched:
        voice.say(*missing_lines(loading.store, loading.touched))
    return 1 if left else 0


def files(names: Iterable[str]) -> Iterator[Path]:
    """The files that paths, folders and patterns name; a name that leads to none stays as it is."""
    for name in names:
        path = Path(name).expanduser()
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != ".")
        elif path.exists() or not (found := sorted(map(Path, glob(str(path))))):
            yield path
        else:
            yield from (file for file in found if file.is_file())


@dataclass
class _Loading:
    args: Namespace
    voice: Voice
    store: Store | None  # None until the first file makes a brand
    mapping: str | None  # TOML: of the files whose headers it has
    touched: set[str] = field(default_factory=set)  # the accounts of what was loaded

    def file(self, path: Path, work: Message) -> list[Message]:
        """Loads a file; gives the reasons why it could not be, if any."""
        content = _source(path)
        if self.store and _known(self.store, path.name, content):
            self.voice.say(says("{file}: already loaded, nothing changes", file=str(path)))
            return []
        try:
            examined = self._answered(self._examined(path.name, content))
        except UnknownFormat as error:
            return [error.message, *_advice(path, content, error)]
        if examined.questions:
            accounts = self.store.accounts() if self.store else []
            return [asked(question, accounts) for question in examined.questions]
        if self.store is None:
            self.store = brand_for(examined.export.accounts[0], self.voice)
        found = examined.findings(self.store.brand().zone)
        self.store.add_export(examined.export, self.voice.following(found, work))
        if toml := examined.export.answers.mapping:
            self.store.keep_mapping(read_mapping(toml).name, toml)
        self._say_loaded(path, self.store, examined.export.id)
        if examined.guessed:
            self.voice.warn(says("{file}: recognised by its shape; please check its figures", file=str(path)))
        return []

    def _examined(self, name: str, content: Content) -> Examined:
        kept = self.store.mappings().values() if self.store else ()
        if self.mapping is None:
            return examine(name, content, UNANSWERED, kept)
        try:
            return examine(name, content, Answers(mapping=self.mapping))
        except UserError as error:  # perhaps one of the other files that were named
            with suppress(UserError):
                return examine(name, content, UNANSWERED, kept)
            raise error

    def _answered(self, examined: Examined) -> Examined:
        """The questions of the file answered by the options; what it says itself is not overruled."""
        answers = {q.about: answer for q in examined.questions if (answer := self._answer(q))}
        return with_answers(examined, **answers) if answers else examined

    def _answer(self, question: Question) -> Any:
        if question.about != "account":
            return getattr(self.args, question.about)
        fitting = [account.key for account in self.args.account if account.network in question.networks]
        return ",".join(fitting) if question.each or len(fitting) == 1 else None

    def _say_loaded(self, path: Path, store: Store, export_id: str) -> None:
        info = next(info for info in store.exports() if info.id == export_id)
        self.touched.update(account.key for account in info.accounts)
        self.voice.say(
            says(
                "{file}: {format}; {accounts}; {days}; exported {as_of}; rows: {rows}; problems: {problems}",
                file=str(path), format=title_of(info), accounts=accounts_of(info), days=days_of(info),
                as_of=info.as_of and info.as_of.date(), rows=info.statements, problems=info.problems,
            )
        )  # fmt: skip
        self.voice.say(*problem_lines(store, info, self.args.all_problems), indent="  ")
        self.voice.say(*compared(store.checks(export_id)), indent="  ")


def _advice(path: Path, content: Content, error: UserError) -> list[Message]:
    """What can be done with a file that nothing knows, or why nothing can."""
    try:
        describe(path.name, content)
    except UserError as reason:
        return [reason.message] if reason.message != error.message else []
    return [says("To say what its columns are: python vigie.py mapping {file} --into my.toml", file=str(path))]


def mapping_named(name: str, store: Store | None) -> str:
    """The mapping (TOML) in a file, or the one that a brand keeps under a name."""
    path = Path(name).expanduser()
    if path.is_file():
        return checked(read_mapping(decode(content_of(path)) or "")).toml()
    kept = store.mappings() if store else {}
    if name not in kept:
        raise UserError(
            says(
                "There is no mapping {name}: no such file, and none of that name is kept ({kept}).",
                name=name, kept=", ".join(kept) or "—",
            )
        )  # fmt: skip
    return kept[name]


def content_of(path: Path) -> bytes:
    """The bytes of a file that has to be there; where it is not, or cannot be read, the error names it."""
    try:
        with _told():
            return path.read_bytes()
    except UserError as error:
        raise UserError(says("{file}: {problem}", file=str(path), problem=error.message)) from error


def _source(path: Path) -> Content:
    """A file that has to be there, as it stands on the disk; what comes through a pipe can be read only once."""
    with _told():
        if not path.is_file():
            return path.read_bytes()
        with path.open("rb"):
            return path


@contextmanager
def _told() -> Iterator[None]:
    """Tells the user, where a file cannot be read."""
    try:
        yield
    except FileNotFoundError as error:
        raise UserError(says("There is no such file.")) from error
    except OSError as error:
        raise UserError(says("It cannot be read: {reason}", reason=error.strerror)) from error


def _known(store: Store, name: str, content: Content) -> bool:
    """Whether these bytes were loaded before; the store then mends its copy of them, had it been damaged."""
    export_id = id_of(content)
    if all(info.id != export_id for info in store.exports()):
        return False
    store.add_export(Export(export_id, name, content), ())
    return True
