"""The command `annotations`: what happened on which days, from a file into a brand, and the list of it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from commands.brands import some_brand
from commands.load import content_of
from commands.voice import Voice
from data.model import says
from metrics.noting import annotated
from wording.names import CATEGORY_NAMES


def load(args: Namespace, voice: Voice) -> int:
    """Notes what a file says; the status is 1, and nothing is noted, where a row cannot be read."""
    store, path = some_brand(args.brand), Path(args.file).expanduser()
    names = {key: voice.lang.t(name) for key, name in CATEGORY_NAMES.items()}
    found = annotated(path.name, content_of(path), names)
    if found.problems:
        voice.warn(*found.problems, says("Nothing of {file} is stated.", file=path.name))
        return 1
    new = store.annotate_all(found.noted)
    voice.say(says("Annotations in {file}: {count}; new: {new}.", file=path.name, count=len(found.noted), new=new))
    return 0


def show(args: Namespace, voice: Voice) -> int:
    """Lists the annotations."""
    store, t = some_brand(args.brand), voice.lang.t
    notes = store.annotations()
    if not notes:
        voice.say(says("Nothing is noted. Note it on a page with a chart, or: python vigie.py annotations load FILE"))
        return 0
    heads = (t("from"), t("to"), t("category"), t("what happened"))
    voice.table(
        heads,
        [
            (note.window.first.isoformat(), note.window.last.isoformat(), t(CATEGORY_NAMES[note.category]), note.text)
            for note in notes
        ],
    )
    return 0
