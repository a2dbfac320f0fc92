"""What happens to exports in JSON: objects cut, doubled, moved; keys moved, taken out, renamed; values damaged."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from documents import Document, Grid, Row
from mutations import RENAMED, Choose, Mutated, mutated

JUNK = (None, "", "abc", "=1+1", "#REF!", -7, 10**30, 1.5, True, [], {}, [[]], "\0")


@dataclass(frozen=True)
class Objects(Document):
    """A JSON file: each object of its list is a row of one cell, below one for the keys."""

    root: Any = None
    key: str = ""

    def content(self) -> bytes:
        """The bytes of the file."""
        objects = [row.cells[0] for row in self.grids[0].rows[1:]]
        told = {**self.root, self.key: objects} if self.key else objects
        return self.encode(json.dumps(told, ensure_ascii=False))


def objects_of(path: Path) -> Objects:
    """The sample taken apart."""
    root = json.loads(path.read_text("utf-8"))
    key = next((key for key, value in root.items() if isinstance(value, list)), "") if isinstance(root, dict) else ""
    objects = root[key] if key else root
    rows = (Row(("",), 1), *(Row((each,), number) for number, each in enumerate(objects, start=2)))
    sheet = f"{path.name} / {key}" if key else path.name
    return Objects(path.name, "json", (Grid(sheet, rows),), root=root, key=key)


def _with(document: Objects, rows: list[Row], **more: Any) -> Mutated:
    (grid,) = document.grids
    return mutated(replace(document, grids=(replace(grid, rows=(grid.rows[0], *rows)),)), **more)


def objects_cut(document: Objects, choose: Choose) -> Mutated:
    """A list without one of its objects."""
    rows = list(document.grids[0].rows[1:])
    gone = rows.pop(choose(len(rows)))
    places = frozenset({(document.grids[0].sheet, gone.number)})
    return _with(document, rows, what=f"without object {gone.number}", gone=places)


def object_doubled(document: Objects, choose: Choose) -> Mutated:
    """A list that holds one of its objects twice."""
    rows = list(document.grids[0].rows[1:])
    again, at = rows[choose(len(rows))], choose(len(rows) + 1)
    return _with(document, [*rows[:at], again, *rows[at:]], what=f"object {again.number} twice, again at {at}")


def objects_reordered(document: Objects, choose: Choose) -> Mutated:
    """A list in another order."""
    left, rows = list(document.grids[0].rows[1:]), []
    while left:
        rows.append(left.pop(choose(len(left))))
    return _with(document, rows, what=f"objects {[row.number for row in rows]}")


def keys_reordered(document: Objects, choose: Choose) -> Mutated:
    """Objects whose keys stand the other way round."""
    rows = [replace(row, cells=(_turned(row.cells[0]),)) for row in document.grids[0].rows[1:]]
    return _with(document, rows, what="keys the other way round")


def _turned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _turned(each) for key, each in reversed(list(value.items()))}
    return [_turned(each) for each in value] if isinstance(value, list) else value


def key_dropped(document: Objects, choose: Choose) -> Mutated:
    """An object without one of its keys."""
    return _changed(document, choose, lambda parent, key: parent.pop(key))


def key_renamed(document: Objects, choose: Choose) -> Mutated:
    """An object with a key that no network prints."""

    def rename(parent: Any, key: Any) -> None:
        if isinstance(parent, dict):
            parent[RENAMED] = parent.pop(key)

    return _changed(document, choose, rename)


def value_damaged(document: Objects, choose: Choose) -> Mutated:
    """An object with a value that is empty, or none of its kind."""
    junk = JUNK[choose(len(JUNK))]

    def damage(parent: Any, key: Any) -> None:
        parent[key] = junk

    return _changed(document, choose, damage, junk)


def _changed(document: Objects, choose: Choose, change: Callable[[Any, Any], Any], junk: Any = "") -> Mutated:
    rows = list(document.grids[0].rows[1:])
    place = choose(len(rows))
    changed = copy.deepcopy(rows[place].cells[0])
    inner = list(_places(changed))
    parent, key = inner[choose(len(inner))]
    change(parent, key)
    number = rows[place].number
    rows[place] = replace(rows[place], cells=(changed,))
    touched = {(document.grids[0].sheet, number): ["", junk]}
    return _with(document, rows, what=f"{key} of object {number}: {junk!r}", touched=touched)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every key of an object, and of the objects in it, with what holds it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield value, key
        yield from _places(each)


def objects_cut_short(document: Objects, choose: Choose) -> Mutated:
    """A file that ends at any byte."""
    whole = document.content()
    end = choose(len(whole))
    gone = frozenset((document.grids[0].sheet, row.number) for row in document.grids[0].rows)
    return Mutated(f"cut at byte {end}", whole[:end], document, gone)


def objects_saved_otherwise(document: Objects, choose: Choose) -> Mutated:
    """A file in another encoding."""
    encoding = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")[choose(4)]
    return mutated(replace(document, encode=lambda text: text.encode(encoding)), what=encoding)


KINDS_OF_OBJECTS: Mapping[str, Callable[[Objects, Choose], Mutated]] = {
    each.__name__: each
    for each in (
        objects_cut, object_doubled, objects_reordered, keys_reordered, key_dropped, key_renamed, value_damaged,
        objects_cut_short, objects_saved_otherwise,
    )
}  # fmt: skip
