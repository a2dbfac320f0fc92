"""The bytes of every export, exactly as received, under the SHA-256 that is the export's id."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from data.disk import sync_folder, write_whole
from data.model import Content, Message, UserError, says


def path(folder: Path, export_id: str) -> Path:
    """Where the bytes of an export stand in a brand's folder."""
    return folder / "exports" / export_id[:2] / export_id


def is_sound(folder: Path, export_id: str) -> bool:
    """Whether the bytes are there and are those received."""
    try:
        with open(path(folder, export_id), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == export_id
    except OSError:  # absent, or the disk does not give it back
        return False


def keep(folder: Path, export_id: str, content: Content) -> bool:
    """Keeps the bytes and says whether they had to be written; a damaged copy is mended.

    Raises UserError where the file that holds them is no longer the one that was read.
    """
    if is_sound(folder, export_id):
        return False
    place = path(folder, export_id)
    if not place.parent.exists():
        place.parent.mkdir(parents=True)
        sync_folder(place.parent.parent)
        sync_folder(folder)
    write_whole(place, content)
    if isinstance(content, Path) and not is_sound(folder, export_id):
        remove(folder, export_id)
        raise UserError(says("{file} was changed while it was read. Load it again.", file=content.name))
    return True


def content(folder: Path, export_id: str, name: str) -> bytes:
    """The bytes of the export that is named `name`, proved to be those received."""
    if not is_sound(folder, export_id):
        raise UserError(damaged(name))
    return path(folder, export_id).read_bytes()


def damaged(name: str) -> Message:
    """What to do when the bytes are not there, or not those received."""
    return says("The kept copy of {name} is missing or damaged. Load the same file again to mend it.", name=name)


def remove(folder: Path, export_id: str) -> None:
    """Removes the bytes, where they are."""
    place = path(folder, export_id)
    place.unlink(missing_ok=True)
    with suppress(OSError):  # the folder serves other exports too
        place.parent.rmdir()


def forget(folder: Path, export_id: str) -> None:
    """Removes the bytes of an export whose figures are gone."""
    try:
        remove(folder, export_id)
    except OSError as error:
        raise UserError(
            says(
                "The figures are gone, but {path} could not be removed ({reason}). Remove it by hand.",
                path=str(path(folder, export_id)),
                reason=error.strerror or str(error),
            )
        ) from error
