"""The days between two exports that no file tells, and those whose posts none was asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Export, Origin, Statement, Window
from data.store import Store, create_brand
from metrics.engine import read
from metrics.freshness import freshness
from metrics.gaps import Covered, beside, gaps, gaps_of, lacking
from metrics.posts import impressions, posts_published
from metrics.reading import Mark


def day(n: int, month: int = 11) -> date:
    return date(2026, month, n)


def span(first: int, last: int) -> Window:
    return Window(day(first), day(last))


@pytest.mark.parametrize(
    ("windows", "found"),
    [
        ([], []),
        ([span(1, 7)], []),
        ([span(1, 7), span(8, 9)], []),
        ([span(8, 9), span(1, 5)], [span(6, 7)]),
        ([span(1, 20), span(3, 4), span(22, 23)], [span(21, 21)]),
        ([span(1, 2), span(5, 5), span(9, 9)], [span(3, 4), span(6, 8)]),
    ],
)
def test_gaps_are_the_days_that_no_span_holds(windows: list[Window], found: list[Window]) -> None:
    assert list(gaps(windows)) == found


def of_posts(first: int, last: int, asked: bool = True) -> Covered:
    return Covered("x:lumen", "posts", span(first, last), asked)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([of_posts(1, 5), of_posts(9, 12)], [span(6, 8)]),
        ([of_posts(1, 5), of_posts(6, 12)], []),
        ([of_posts(1, 5), of_posts(9, 12, asked=False)], []),  # it may list every post since the 6th
        ([of_posts(1, 5), of_posts(3, 7, asked=False), of_posts(9, 12)], []),
        ([of_posts(1, 5), of_posts(2, 3, asked=False), of_posts(9, 12)], [span(6, 8)]),
        ([of_posts(1, 5), Covered("x:other", "posts", span(6, 8), True), of_posts(9, 12)], [span(6, 8)]),
        ([of_posts(1, 5), Covered("x:lumen", "account_days", span(6, 8)), of_posts(9, 12)], [span(6, 8)]),
    ],
)
def test_posts_are_missing_only_between_exports_that_say_what_they_were_asked_for(
    told: list[Covered], found: list[Window]
) -> None:
    assert list(gaps_of("x:lumen", told)) == found


@given(st.lists(st.tuples(st.integers(1, 25), st.integers(0, 5)), max_size=6))
def test_a_day_is_in_a_gap_if_and_only_if_it_is_between_exports_and_in_none(spans: list[tuple[int, int]]) -> None:
    told = [of_posts(first, first + more) for first, more in spans]
    missing = {n for n in range(1, 31) for gap in gaps_of("x:lumen", told) if gap.first <= day(n) <= gap.last}
    stated = {n for first, more in spans for n in range(first, first + more + 1)}
    between = set(range(min(stated), max(stated) + 1)) if stated else set()
    assert missing == between - stated


def test_what_would_still_be_missing_is_told_of_the_days_next_to_a_new_export() -> None:
    known = [Covered("x:lumen", "account_days", span(1, 3)), Covered("x:lumen", "account_days", span(20, 22))]
    assert beside([Covered("x:lumen", "account_days", span(6, 8))], known) == ((span(4, 5), span(9, 19)), ())
    assert beside([Covered("x:lumen", "account_days", span(21, 30))], known) == ((), ())
    assert beside([Covered("x:lumen", "account_days", span(23, 30))], known) == ((), ())
    assert beside([of_posts(1, 2)], [of_posts(5, 6)]) == ((), (span(3, 4),))


def test_many_gaps_are_counted() -> None:
    every = [span(n, n) for n in range(1, 15, 2)]
    assert [str(message) for message in lacking(every[:2], [])] == [f"In no file: {every[:2]}."]
    (told,) = lacking([], every)
    assert len(told.values["spans"]) == 5 and told.values["spans"][0].values == {"n": 3}


def posts_of(store: Store, asked: Window, *days: date) -> None:
    """Loads an export of the posts of these days, which was asked for those of more."""
    content = f"{asked}".encode()
    as_of = datetime.combine(asked.last, time())
    export = Export(sha256(content).hexdigest(), "posts.csv", content, as_of=as_of, asked=asked)
    told = [{"account": "x:lumen", "post_id": f"{day}", "day": day, "impressions": 10} for day in days]
    store.add_export(export, [Statement("posts", row, Origin("posts", n)) for n, row in enumerate(told, 2)])


def test_a_window_with_days_whose_posts_no_export_was_asked_for_has_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path))
    store = create_brand("Maison Lumen")
    posts_of(store, span(1, 10), day(4), day(10))
    posts_of(store, span(18, 28), day(27))
    before, cut, quiet = span(1, 7), span(8, 14), span(18, 24)
    with store.read() as cursor:
        found = read(cursor, [posts_published, impressions], [before, cut, quiet])
        (known,) = freshness(cursor)
    assert found["posts_published", before].value == 1, "asked for from the first on, though its first post is later"
    for key in ("posts_published", "impressions"):
        assert found[key, cut].value is None
        assert found[key, cut].partial == {"x:lumen"}
        assert Mark.INCOMPLETE in found[key, cut].marks
    assert found["posts_published", quiet].value == 0, "asked for, and there was none"
    assert known.posts_gaps == (span(11, 17),)
