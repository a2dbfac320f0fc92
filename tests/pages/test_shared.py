"""Posts: what the best have in common, and the best time to publish, in words."""

from __future__ import annotations

import pytest
from reader import open_page, visible

from i18n import LANGUAGES, locale
from metrics.common import InCommon, Shared, Trait
from pages.parts import shared

FRIDAY = Shared(Trait("weekday", 5), 42, 1.31, 1.12, 1.53, 0.004)
NIGHT = Shared(Trait("hours", 21), 30, 0.62, 0.49, 0.78, 0.01)
UNSURE = Shared(Trait("weekday", 2), 40, 1.1, 0.9, 1.3, 0.7)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_that_nothing_is_told_or_what_is(demo: None, lang: str) -> None:
    at = open_page("posts", lang, period="2026-10")
    assert not at.exception
    texts = [plain(text) for text in visible(at)]
    begins = {"en": "Nothing that could be told from chance: ", "fr": "Rien qui se distingue du hasard : "}[lang]
    table = {"en": "Trait", "fr": "Trait"}[lang]
    assert any(text.startswith(begins) for text in texts) is not (table in texts)
    head = {"en": "The best time to publish", "fr": "Le meilleur moment pour publier"}[lang]
    assert head in texts


def test_a_brand_of_few_posts_is_told_so(demo: None) -> None:
    texts = visible(open_page("posts", period="2024-12", kind="video"))
    said = [text for text in texts if text.startswith("Too few posts to tell: ")]
    assert len(said) == 1 and said[0].endswith("and it takes 30.")
    assert "The best time to publish" not in texts


def test_the_best_time_is_told_with_its_interval() -> None:
    best = InCommon(200, (FRIDAY, UNSURE, NIGHT))
    assert plain(shared._best(locale("en"), best)) == (
        "More interactions: Friday (× 1.31, between 1.12 and 1.53). "
        "Fewer interactions: 21:00 to 24:00 (× 0.62, between 0.49 and 0.78)."
    )
    assert plain(shared._best(locale("fr"), InCommon(200, (FRIDAY,)))) == (
        "Plus d’interactions : vendredi (× 1,31, entre 1,12 et 1,53)."
    )


def test_what_could_be_chance_is_no_best_time() -> None:
    said = shared._best(locale("en"), InCommon(200, (UNSURE,)))
    assert said.startswith("No weekday and no time of day brings reliably more") and "200 posts" in said


def test_times_of_few_posts_are_named() -> None:
    known = tuple(Shared(Trait("weekday", n), 20, 1, 1, 1, 1) for n in range(1, 7))
    told = shared._missing(locale("en"), InCommon(200, known))
    assert told.startswith("Sunday, 0:00 to 3:00, ") and told.endswith("and 21:00 to 24:00")


@pytest.mark.parametrize(
    ("trait", "named"),
    [
        (Trait("kind", "video"), "vidéo"), (Trait("kind", "new"), "new"), (Trait("hashtag", "été"), "#été"),
        (Trait("link", "any"), "avec un lien"), (Trait("length", "short"), "textes courts, le tiers le plus court"),
        (Trait("hours", 9), "de 9 h à 12 h"),
    ],
)  # fmt: skip
def test_each_trait_has_a_name(trait: Trait, named: str) -> None:
    assert plain(shared.name(locale("fr"), trait)) == named
