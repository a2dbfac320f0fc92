"""Marks of trust in sentences, with what they name: a share, a day, the sides of a seam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from i18n import Locale
from metrics.model import N_
from metrics.reading import MARKS, Mark, Reading, Seam, Teller
from wording.names import network_name

FORM_NAMES = {
    "ga4_report": N_("Google Analytics 4 file"), "universal_analytics": N_("Universal Analytics file"),
    "search_console": N_("Search Console file"), "plausible": N_("Plausible file"), "matomo": N_("Matomo file"),
}  # fmt: skip

SHORT_MARKS = {
    Mark.INCOMPLETE: N_("days missing"),
    Mark.NOT_ADDED: N_("not added up"),
    Mark.RESTRICTED: N_("not to be seen"),
    Mark.CURRENCIES: N_("several currencies"),
    Mark.SEAM: N_("another source"),
    Mark.SAMPLED: N_("sampled"),
    Mark.OTHER: N_("not all told apart"),
    Mark.CUT: N_("kept only since"),
    Mark.ESTIMATED: N_("estimated"),
    Mark.PROVISIONAL: N_("provisional"),
    Mark.GROWING: N_("still growing"),
    Mark.STALE: N_("older"),
    Mark.TOOLS: N_("several tools"),
    Mark.TYPED: N_("typed in"),
    Mark.WITHHELD: N_("small numbers left out"),
    Mark.PERIOD_COUNTS: N_("counts of a period"),
    Mark.PART: N_("in part"),
}
WORST_FIRST = list(SHORT_MARKS)


def sentence(locale: Locale, mark: Mark, said: Mapping[str, Any]) -> str:
    """A mark in words."""
    if mark is Mark.SEAM:
        return " ".join(locale.t(MARKS[mark], **_told(locale, seam)) for seam in said["seams"])
    return locale.t(MARKS[mark], **{name: _written(locale, value) for name, value in said.items()})


def short_name(locale: Locale, reading: Reading, mark: Mark) -> str:
    """A mark in a word or two."""
    cover = reading.coverage
    if mark is Mark.PART and cover.accounts < cover.of_accounts:
        return locale.t("{n} of {of} accounts", n=cover.accounts, of=cover.of_accounts)
    return locale.t(SHORT_MARKS[mark])


def sides(locale: Locale, seam: Seam) -> tuple[str, str]:
    """What stands on both sides of a seam: two tools, with their accounts where both are of one name, or the file and
    the service that state the figures of one."""
    before, after = seam.before, seam.after
    one, other = (network_name(teller.account.partition(":")[0]) for teller in (before, after))
    if one != other:
        return one, other
    if before.account != after.account:
        one, other = (f"{one} ({teller.account.partition(':')[2]})" for teller in (before, after))
        return one, other
    both_files = not (before.asked or after.asked)
    one, other = (_form(locale, teller, both_files) for teller in (before, after))
    return one, other


def _form(locale: Locale, teller: Teller, both_files: bool) -> str:
    if teller.asked:
        return locale.t("Google’s API")
    if not both_files:
        return locale.t("file")
    if teller.form in FORM_NAMES:
        return locale.t(FORM_NAMES[teller.form])
    return locale.t("file “{name}”", name=teller.form.removeprefix("mapping:"))


def _told(locale: Locale, seam: Seam) -> dict[str, Any]:
    before, after = sides(locale, seam)
    return {"until": seam.until or seam.day - timedelta(days=1), "since": seam.day, "before": before, "after": after}


def _written(locale: Locale, value: float | date | list[str]) -> Any:
    if isinstance(value, float):
        return locale.percent(value)
    return ", ".join(value) if isinstance(value, list) else value
