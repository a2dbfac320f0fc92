"""Rows of a file that state the same post, day or whole site in different words: none of them is believed.

So it is where a column that told rows apart, a page or a day, was taken out of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from data.model import Finding, Message, Problem, Statement, Statements, says

WHOLE = "site"  # the slice that is one row a period
NAMED = 5  # rows named before the rest is passed over

Key = tuple[object, ...]


def uncontradicted(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with the rows that contradict one another each made a problem; what is said again is said once.

    Posts that come in blocks are too many to be held: of two that contradict each other, the first one is believed.
    """
    posts = _Posts()
    held: list[Finding] = []
    for item in found:
        several = isinstance(item, Statements)
        told = posts.said_once(item) if several and item.table == "posts" else (item,)
        if several and item.table == "account_days":
            held += item
        elif held or (isinstance(item, Statement) and _key(item)):
            held += told  # what follows stays behind it
        else:
            yield from told
    yield from _settled(held)


def _settled(everything: Sequence[Finding]) -> Iterator[Finding]:
    rows: dict[Key, list[Statement]] = {}
    for item in everything:
        if isinstance(item, Statement) and (key := _key(item)):
            rows.setdefault(key, []).append(item)
    lists = {item.origin.sheet: same for same in rows.values() if _contradicts(same) for item in same if _of_site(item)}
    for item in everything:
        same = rows.get(_key(item), []) if isinstance(item, Statement) else []
        if isinstance(item, Statement) and _of_site(item) and item.origin.sheet in lists:
            same = lists[item.origin.sheet]  # a list that has lost what its rows are of: none is of the whole site
            yield Problem(_contradiction(item, same), "", item.origin.sheet, item.origin.row)
        elif not isinstance(item, Statement) or len(same) < 2:
            yield item
        elif _contradicts(same):
            yield Problem(_contradiction(item, same), "", item.origin.sheet, item.origin.row)
        elif item is next(one for one in same if (one.values, one.others) == (item.values, item.others)):
            yield item


class _Posts:
    """The posts of a file that were told, by what tells them apart: in which row, and a hash of what it said."""

    def __init__(self) -> None:
        self.told: dict[int, tuple[int, int]] = {}

    def said_once(self, block: Statements) -> Iterator[Finding]:
        names = [name for name in block.values if name not in ("account", "post_id")]
        keys = map(hash, zip(block.values["account"], block.values["post_id"], strict=True))
        said = map(hash, zip(*(block.values[name] for name in names), strict=True))
        again: dict[int, Problem | None] = {}
        for place, (key, words) in enumerate(zip(keys, said, strict=True)):
            row, before = self.told.setdefault(key, (block.rows[place], words))
            if row != block.rows[place]:
                again[place] = None if words == before else Problem(
                    says("each post once; row {row} states this one otherwise, and is believed", row=row), "",
                    block.sheet, block.rows[place],
                )  # fmt: skip
        yield from (problem for problem in again.values() if problem)
        if again:
            yield from (post for place, post in enumerate(block) if place not in again)
        else:
            yield block


def _key(item: Statement) -> Key:
    """What only one row of a file can state, () for a part of something."""
    values = item.values
    if _of_site(item):
        return item.table, values["account"], values["first_day"], values["last_day"]
    told = {"posts": "post_id", "account_days": "day"}.get(item.table)
    return (item.table, values["account"], values[told]) if told else ()


def _of_site(item: Statement) -> bool:
    return item.table in ("web", "search") and item.values.get("slice", WHOLE) == WHOLE


def _contradicts(same: Sequence[Statement]) -> bool:
    stated: dict[str, object] = {}
    return any(
        stated.setdefault(name, value) != value
        for item in same
        for name, value in (*item.values.items(), *(("others: " + key, value) for key, value in item.others.items()))
        if value is not None
    )


def _contradiction(item: Statement, same: Sequence[Statement]) -> Message:
    sheets = {other.origin.sheet for other in same}
    places = [
        str(other.origin.row) if len(sheets) == 1 else f"{other.origin.sheet} {other.origin.row}" for other in same
    ]
    named = ", ".join(places[:NAMED]) + (" …" if len(places) > NAMED else "")
    if item.table == "account_days":
        return says("one row for each day of an account; these rows state the same day: {rows}", rows=named)
    if item.table in ("web", "search"):
        return says("one row for each day or period of a site; these rows state the same one: {rows}", rows=named)
    return says("one row for each post; these rows state the same one: {rows}", rows=named)
