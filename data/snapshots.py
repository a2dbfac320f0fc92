"""Numbered files and a pointer: one writer at a time, readers who never wait, a last version after any kill.

CURRENT                   the name of the published file, replaced in one step
warehouse-000042.duckdb   never changed once published; a number is never used twice
.build-….duckdb           the version being written
.write.lock               held by the writer; the system releases it when the writer dies
.write.turn               held by the one who is next
.send.lock, .send.turn    the same for whoever hands a report over, who does not keep writers out
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data.disk import sync, sync_folder, unreadable, writable, write_whole
from data.model import Message, UserError, says

if os.name == "nt":
    import msvcrt
else:
    import fcntl

NAME = re.compile(r"warehouse-(\d+)\.duckdb")


WRITING = says("Another load is being written. Try again when it has ended.")
SENDING = says("A report of this brand is being sent already. Try again when that has ended.")


class Busy(UserError):
    """Somebody else does the same, and has for longer than the wait."""


@dataclass(slots=True)
class Build:
    """The file of the next version while it is written; it is published unless no longer `wanted`."""

    path: Path
    wanted: bool = True


class Snapshots:
    """The versions in one folder; the last `keep` of them stay, for readers still on them and to go back."""

    def __init__(self, folder: Path, keep: int = 3) -> None:
        self.folder = folder
        self.keep = keep
        self._pointer = folder / "CURRENT"

    def version(self) -> int | None:
        """The number of the published version; None before the first."""
        for _ in range(20):
            try:
                name = NAME.fullmatch(self._pointer.read_bytes().decode("ascii", "replace").strip())
            except FileNotFoundError:
                name = None
                if not self.numbers():
                    return None
            except PermissionError:  # Windows, while the pointer is being replaced
                time.sleep(0.01)
                continue
            except OSError as error:
                raise UserError(unreadable(self._pointer, str(error))) from error
            if name is None:
                raise UserError(self.lost())
            return int(name[1])
        raise UserError(unreadable(self._pointer, os.strerror(errno.EACCES)))

    def path(self, number: int) -> Path:
        """The file of a version."""
        return self.folder / f"warehouse-{number:06d}.duckdb"

    def numbers(self) -> list[int]:
        """The versions whose files are here, oldest first."""
        names = (NAME.fullmatch(path.name) for path in self.folder.glob("warehouse-*.duckdb"))
        return sorted(int(name[1]) for name in names if name)

    def lost(self) -> Message:
        """What to do when the pointer leads nowhere."""
        if numbers := self.numbers():
            return says(
                "The file CURRENT in {folder} is missing or damaged. "
                "Write the name of the newest warehouse in it: {name}",
                folder=str(self.folder),
                name=self.path(numbers[-1]).name,
            )
        return says("There is no warehouse in {folder}. Restore the folder from a backup.", folder=str(self.folder))

    @contextmanager
    def lock(self, timeout: float, to: str = "write", busy: Message = WRITING) -> Iterator[None]:
        """The right `to` do something that one alone may do at a time, waited for up to `timeout` seconds."""
        end = time.monotonic() + timeout
        with ExitStack() as held:
            with self._held(f".{to}.turn", end, busy):  # or one who goes on without a pause would keep all others out
                held.enter_context(self._held(f".{to}.lock", end, busy))
            yield

    @contextmanager
    def build(self, fresh: bool = False) -> Iterator[Build]:
        """The next version, begun as a copy of the published one unless `fresh`; the lock has to be held."""
        self._sweep()
        build = Build(self.folder / f".build-{secrets.token_hex(4)}.duckdb")
        try:
            if not fresh:
                current = self.version()
                if current is None or not self.path(current).exists():
                    raise UserError(self.lost())
                with writable(self.folder):
                    shutil.copyfile(self.path(current), build.path)
            yield build
            if build.wanted:
                with writable(self.folder):
                    self._publish(build.path)
        finally:
            self._sweep()

    @contextmanager
    def _held(self, name: str, end: float, busy: Message) -> Iterator[None]:
        with writable(self.folder):
            file = open(self.folder / name, "ab")
        with file:
            while not _locked(file):
                if time.monotonic() > end:
                    raise Busy(busy)
                time.sleep(0.01)
            yield

    def _publish(self, build: Path) -> None:
        here = self.numbers()
        number = max(here[-1] if here else 0, self.version() or 0) + 1
        sync(build)
        os.replace(build, self.path(number))
        sync_folder(self.folder)
        write_whole(self._pointer, self.path(number).name.encode())
        for old in [*here, number][: -self.keep]:
            with suppress(OSError):  # Windows: still open somewhere; a later write removes it
                self.path(old).unlink()

    def _sweep(self) -> None:
        """Removes what a build leaves, or left when it was killed: its file, its log, what it spilled."""
        for left in self.folder.glob(".build-*"):
            with suppress(OSError):
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _locked(file: BinaryIO) -> bool:
    try:
        if os.name == "nt":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True
