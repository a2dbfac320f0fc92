"""Files that are written whole or not at all, and what the user is told when the disk refuses."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.model import Content, Message, UserError, opened, says

COPIED = 2**20  # bytes at a time
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_whole(path: Path, content: Content) -> None:
    """Puts `content` at `path` in one step, and on the disk before it returns."""
    whole = path.with_name(f".{path.name}.new")
    with opened(content) as source, open(whole, "wb") as copy:
        shutil.copyfileobj(source, copy, COPIED)
    sync(whole)
    os.replace(whole, path)
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Waits until a file is on the disk."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last through a loss of power; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Tells the user, where the system refuses to write in `folder`."""
    try:
        yield
    except OSError as error:
        raise UserError(unwritable(folder, error.strerror or str(error))) from error


def is_full(reason: str) -> bool:
    """Whether a write was refused for want of room, in the words of the system."""
    return any(os.strerror(code) in reason for code in FULL)


def unwritable(folder: Path, reason: str) -> Message:
    """What to do when a write was refused."""
    if is_full(reason):
        return says(
            "The disk is full. Nothing was changed in {folder}; free some space, then try again.",
            folder=str(folder),
        )
    return says(
        "Vigie cannot write in {folder} ({reason}). Nothing was changed; check the folder's permissions.",
        folder=str(folder),
        reason=reason,
    )


def unreadable(path: Path, reason: str) -> Message:
    """What to do when a file is there and cannot be read."""
    return says(
        "{path} cannot be read ({reason}). Check its permissions, or restore the folder from a backup.",
        path=str(path),
        reason=reason,
    )
