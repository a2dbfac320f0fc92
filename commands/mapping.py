"""The command `mapping`: what the columns of a table in no known format seem to be, as a file to correct."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from commands.load import content_of
from commands.voice import Voice
from connectors.meanings import ASIDE, OTHERS, TABLES
from connectors.reading import describe, examine
from data.model import UserError, says


def propose(args: Namespace, voice: Voice) -> int:
    """Writes a mapping of a file; the status is 1 when the file needs none."""
    path = Path(args.file).expanduser()
    content = content_of(path)
    with suppress(UserError):
        format = examine(path.name, content).title
        voice.warn(says("{file} is in a known format, {format}: load it as it is.", file=args.file, format=format))
        return 1
    proposal = describe(path.name, content)
    voice.warn(*proposal.remarks)
    notes = (
        says("What the columns of {file} seem to be. Correct it, then load the file with --mapping.", file=path.name),
        says("A column is one of these, or {others} (kept under its own name), or {aside} (left out):",
             others=OTHERS, aside=ASIDE),
        *(says("in {table}: {meanings}", table=table, meanings=", ".join(known)) for table, known in TABLES.items()),
        says("You may add: network, accounts (such as {account}), date_order (dmy or mdy), sheet.",
             account='["facebook:acme"]'),
    )  # fmt: skip
    text = "".join(f"# {voice.lang.t(note)}\n" for note in notes) + proposal.mapping.toml()
    if args.into:
        _write(Path(args.into).expanduser(), text)
        voice.say(says("{file}: written", file=args.into))
    else:
        print(text, end="")
    return 0


def _write(path: Path, text: str) -> None:
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UserError(says("{file} is there already. Give another name.", file=str(path))) from error
    except OSError as error:
        raise UserError(says("{file} cannot be written: {reason}", file=str(path), reason=error.strerror)) from error
