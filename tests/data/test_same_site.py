"""That several accounts measure one site: said by people, kept through all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from statements import day, export, said, web

from data.model import Statement, UserError
from data.store import Store

NEW, OLD, THIRD, SEARCH = "ga4:1", "universal_analytics:lumen", "matomo:lumen", "search_console:lumen"


@pytest.fixture
def measured(store: Store) -> Store:
    """Three accounts that state visits, and one that states searches."""
    visits = [web(account=account, sessions=1) for account in (NEW, OLD, THIRD)]
    searches = said("search", account=SEARCH, slice="site", first_day=day(0), last_day=day(0), clicks=1)
    store.add_export(export("all"), [*visits, searches])
    return store


def test_accounts_go_with_one_in_the_order_in_which_that_is_said(measured: Store):
    measured.join_site(OLD, NEW)
    measured.join_site(THIRD, NEW)
    assert measured.same_sites() == [(OLD, NEW), (THIRD, NEW)]
    measured.join_site(OLD, NEW)
    assert measured.same_sites() == [(THIRD, NEW), (OLD, NEW)], "said again, it is the last"


def test_who_goes_with_one_that_goes_with_another_goes_with_that(measured: Store):
    measured.join_site(OLD, NEW)
    measured.join_site(THIRD, OLD)
    assert measured.same_sites() == [(OLD, NEW), (THIRD, NEW)]


def test_who_has_others_with_it_brings_them_along(measured: Store):
    measured.join_site(THIRD, OLD)
    measured.join_site(OLD, NEW)
    assert measured.same_sites() == [(OLD, NEW), (THIRD, NEW)]


@pytest.mark.parametrize(
    ("account", "lead", "words"),
    [
        (NEW, NEW, "not with itself"),
        (SEARCH, NEW, "do not both measure visits, nor both searches"),
        ("ga4:unknown", NEW, "do not both measure"),
        (NEW, OLD, "goes before the others of its site"),
    ],
)
def test_what_cannot_be_one_site_is_refused_and_changes_nothing(measured: Store, account: str, lead: str, words: str):
    measured.join_site(OLD, NEW)
    with pytest.raises(UserError, match=words):
        measured.join_site(account, lead)
    assert measured.same_sites() == [(OLD, NEW)]


def test_an_account_is_taken_apart(measured: Store):
    measured.join_site(OLD, NEW)
    measured.part_site(OLD)
    assert measured.same_sites() == []
    with pytest.raises(UserError, match="goes with no other account"):
        measured.part_site(OLD)


def test_a_rebuild_keeps_what_was_said(measured: Store):
    measured.join_site(THIRD, NEW)
    measured.join_site(OLD, NEW)

    def again() -> Iterable[Statement]:
        return [web(account=NEW, sessions=1)]

    measured.rebuild(lambda one: (one, again()))
    assert measured.same_sites() == [(THIRD, NEW), (OLD, NEW)]
