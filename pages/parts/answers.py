"""The answer of a page about lists: sentences about the first of each."""

from __future__ import annotations

import pandas as pd

from metrics.lists import Members, Slice
from pages.parts.frame import Frame
from wording.names import member_name


def first_of(frame: Frame, slice_: Slice, found: Members, text: str) -> str:
    """A sentence about the first of a list, `text` with {member}, {n} and {share}; empty where it is of other days."""
    metric = slice_.metrics[0]
    if found.window != frame.window or found.rows.empty:
        return ""
    first, locale = found.rows.iloc[0], frame.locale
    value = first[metric.key]
    if pd.isna(value) or value <= 0:
        return ""
    member = member_name(locale, slice_.name, first["member"])
    share = locale.percent(value / found.total, 0) if found.total else ""
    return locale.t(text, member=member, n=locale.value(value, metric.unit), share=share)
