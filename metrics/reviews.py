"""Reviews of a window: how many came, how they rate, how many are poor, and how many were answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data.model import Window
from metrics.facts import spans, within
from metrics.reading import EVERYTHING, Scope

POOR = 2.0  # stars or fewer, of five


@dataclass(frozen=True)
class Reviews:
    """The reviews that one account received in a window; None where its exports do not reach the window's end.

    `mean`: of those that state a rating. `answered`: None where no export of the account states any answer.
    """

    account: str
    received: int | None
    mean: float | None = None
    poor: int | None = None
    answered: int | None = None
    poor_open: int | None = None  # poor ones that nobody has answered


def reviews(cursor: Any, window: Window, scope: Scope = EVERYTHING) -> list[Reviews]:
    """The reviews of a window, account by account."""
    where, accounts = within(scope)
    answers = {
        account for (account,) in cursor.execute(
            "select distinct account from reviews where answered_at is not null"
        ).fetchall()
    }  # fmt: skip
    query = (
        "select account, count(*), avg(rating), count(*) filter (rating <= ?), count(answered_at), "
        "count(*) filter (rating <= ? and answered_at is null) "
        f"from reviews where day between ? and ?{where} group by account"
    )
    rows = cursor.execute(query, [POOR, POOR, window.first, window.last, *accounts]).fetchall()
    told = {account: counts for account, *counts in rows}
    found = []
    for (_, account), span in sorted(spans(cursor, "reviews").items()):
        if scope.accounts and account not in scope.accounts:
            continue
        if max(span.last, span.as_of.date()) < window.last:
            found.append(Reviews(account, None))
            continue
        received, mean, poor, answered, still_open = told.get(account, (0, None, 0, 0, 0))
        known = account in answers
        found.append(Reviews(account, received, mean, poor, answered if known else None, still_open if known else None))
    return found
