"""Every metric there is, found in the families of definitions."""

from __future__ import annotations

from functools import cache

from metrics import audience, conversions, engagement, posts, search, traffic
from metrics.measures import MEASURES
from metrics.model import N_, Adds, Metric, Source

FAMILIES = (
    (N_("Audience"), audience),
    (N_("Engagement"), engagement),
    (N_("Posts"), posts),
    (N_("Traffic"), traffic),
    (N_("Search"), search),
    (N_("Conversions"), conversions),
)


@cache
def families() -> tuple[tuple[str, tuple[Metric, ...]], ...]:
    """(family name, its metrics), in the order of the glossary. Raises ValueError for what cannot be added."""
    found = tuple(
        (name, tuple(value for value in vars(module).values() if isinstance(value, Metric)))
        for name, module in FAMILIES
    )
    for _, group in found:
        for metric in group:
            check(metric)
    return found


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by its key."""
    return {metric.key: metric for _, group in families() for metric in group}


def check(metric: Metric) -> None:
    """Refuses a definition that names an unknown measure, adds a level, or adds people over days."""
    for formula, is_top in ((metric.top_formula, True), (metric.bottom_formula, False)):
        if formula is None:
            continue
        for name in formula.names:
            if (metric.reads, name) not in MEASURES:
                raise ValueError(f"{metric.key}: {metric.reads.value} states no {name}")
        for name in formula.bare_names():
            adds = MEASURES[metric.reads, name].adds
            if adds is Adds.MEAN and metric.bottom is None:
                raise ValueError(f"{metric.key}: {name} is a mean; weigh it, over the sum of the weights")
            if adds is Adds.LEVEL:
                raise ValueError(f"{metric.key}: {name} is a level; write start({name}) or end({name})")
            per_post = metric.reads is Source.POSTS and not is_top and metric.careful
            if adds is Adds.PEOPLE and not per_post:
                raise ValueError(f"{metric.key}: {name} counts people, who are never added; write exact({name})")
