"""The titles of the parts of a report, what is said where one is empty, and the heads of its tables."""

from __future__ import annotations

from data.model import Publication, Window
from i18n import Locale
from metrics.facts import GROWING_DAYS
from metrics.model import N_
from metrics.ranking import Ranking
from reports.model import Section

HEADS = {
    "objective": N_("Objective"), "period": N_("Period"), "actual": N_("Reached"), "target": N_("Target"),
    "difference": N_("Difference"), "share": N_("Of the target"), "pace": N_("Pace"), "owner": N_("Owner"),
    "verdict": N_("Verdict"), "figure": N_("Figure"), "value": N_("Value"), "week_before": N_("On the week before"),
    "year_before": N_("On a year earlier"), "peak": N_("Peak"), "size": N_("Against expected"), "cause": N_("Cause"),
    "campaign": N_("Campaign"), "result": N_("Result"), "results": N_("Results"), "cost": N_("Cost"),
    "each": N_("Cost of a result"), "effect": N_("Against what would have come anyway"),
    "place": N_("Place"), "post": N_("Post"), "network": N_("Network"), "day": N_("Day"),
    "rate": N_("Rate to believe"), "times": N_("× the median"), "interactions": N_("Interactions"),
    "seen": N_("Seen"), "account": N_("Account"), "gained": N_("Gained"), "lost": N_("Lost"), "net": N_("Net"),
    "followers": N_("Followers"), "received": N_("Received"), "mean": N_("Mean rating"),
    "poor": N_("Two stars or fewer"), "answered": N_("Answers"), "when": N_("When"), "category": N_("Category"),
    "text": N_("What happened"), "old": N_("Published"), "new": N_("Today"), "why": N_("Why"),
    "even": N_("▲ even by now"), "changes": N_("Changes"), "formula": N_("Formula"), "comment": N_("Comment"),
    "best": N_("Best"),
    "weakest": N_("Weakest"),
    "legend": N_(
        "▲▼ direction · ✓✗ objective · blue: favourable, orange: unfavourable · grey line: a year earlier · "
        "small bar: target · each small curve has its own scale"
    ),
}  # fmt: skip


def heads(locale: Locale) -> dict[str, str]:
    """The words that stand over columns and beside figures."""
    return {key: locale.t(text) for key, text in HEADS.items()}


def sections(
    locale: Locale, posts_of: Window, ranking: Ranking, aims_left: int, last: Publication | None,
    judged: bool,
) -> dict[str, Section]:  # fmt: skip
    """The parts of a report by name. `posts_of`: the week whose posts are ranked; `aims_left`: objectives left out;
    `judged`: whether any day of the week could be."""
    t = locale.t
    more = t("On the page Objectives there are more: {n}.", n=aims_left) if aims_left else ""
    revised = t("since the report of {week}", week=locale.span(last.week)) if last else ""
    return {
        "aims": Section(t("Objectives"), more, t("No objective is stated for this week.")),
        "tiles": Section(t("Key figures of the week"), t("with the thirteen weeks that led to them")),
        "charts": Section(t("The week in its year")),
        "peaks": Section(
            t("Peaks of the week"), t("days that stand out of what was expected"),
            t("No day stands out: nothing unusual.") if judged
            else t("No day can be judged yet: too little is known of the week, or of the weeks before."),
        ),
        "posts": Section(t("Posts at a like age"), _posts(locale, posts_of, ranking), t("No post can be ranked yet.")),
        "audience": Section(
            t("Audience gained and lost"), t("“—” is not stated by the network, which is not zero"),
            t("No network states who came or left."),
        ),
        "campaigns": Section(
            t("Campaigns"), t("under way this week, or over for four weeks at most"), t("No campaign is under way."),
        ),
        "reviews": Section(t("Reviews"), "", t("No reviews are known.")),
        "notes": Section(t("What happened"), "", t("Nothing was noted.")),
        "revisions": Section(
            t("Figures that have changed"), revised,
            t("No published figure has changed.") if last else t("No report of an earlier week was published."),
        ),
        "quality": Section(t("Quality of the data")),
        "families": Section(t("All figures")),
    }  # fmt: skip


def _posts(locale: Locale, posts_of: Window, ranking: Ranking) -> str:
    """Of which week the ranked posts are, and why not of a later one."""
    said = locale.t("published {window}, by their counts {days} days later", window=posts_of, days=GROWING_DAYS)
    if ranking.growing:
        said += " · " + locale.t("not ranked, as their counts have not settled: {n}", n=ranking.growing)
    return said
