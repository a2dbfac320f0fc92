"""The fair ranking on the page of posts: what it says is what was ranked."""

from __future__ import annotations

from datetime import date

import pytest
from reader import open_page, visible

from data.model import Window
from data.store import brands, open_brand
from i18n import locale
from metrics.ranking import ranking
from wording.names import network_name

OCTOBER = Window(date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_best_and_the_weakest_posts_stand_with_their_rates_and_places(demo: None, lang: str) -> None:
    says = locale(lang)
    with open_brand(brands()[0].slug).read() as cursor:
        found = ranking(cursor, OCTOBER)
    at = open_page("posts", lang, period="2026-10")
    said = visible(at)
    best, weakest = found.posts[0], found.posts[-1]
    assert not at.exception and len(found.posts) > 10
    for post in (best, weakest):
        interval = says.t("{low} to {high}", low=says.percent(post.low), high=says.percent(post.high))
        assert says.percent(post.rate) in said and interval in said
        assert any(f"{says.number(post.over_usual, 1)}" in text for text in said)
    assert any(text.startswith(says.t("Place on its network: {places}.", places="")[:12]) for text in said)
    starts = {"en": "Which post is the best depends", "fr": "La meilleure publication dépend"}
    (depends,) = [text for text in said if text.startswith(starts[lang])]
    assert all(network_name(account.split(":")[0]) in depends for account in found.depends)


def test_a_week_whose_posts_still_grow_says_so(demo: None) -> None:
    with open_brand(brands()[0].slug).read() as cursor:
        last = cursor.execute("select max(day) from posts").fetchall()[0][0]
        assert ranking(cursor, Window(last, last)).posts == ()
    said = visible(open_page("posts", period=f"{last}..{last}"))
    assert any(text.startswith("No post can be ranked yet.") and "Not ranked" in text for text in said)
