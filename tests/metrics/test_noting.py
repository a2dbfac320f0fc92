"""Annotations as people write them, in CSV and TOML, and what is wrong with some."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import Noted, UserError
from i18n import locale
from metrics.noting import annotated
from wording.names import CATEGORY_NAMES

FR = {key: locale("fr").t(name) for key, name in CATEGORY_NAMES.items()}
RADIO = Noted(date(2026, 6, 1), date(2026, 6, 1), "press", "The radio spoke of us")
FAIR = Noted(date(2026, 6, 3), date(2026, 6, 5), "event", "Open days, again")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'from,to,category,text\n2026-06-01,,press,"The radio  spoke of us"\n\n'
                  '2026-06-03,2026-06-05,EVENT,"Open days, again"\n'),
        ("a.csv", "du;au;catégorie;texte\n2026-06-01;2026-06-01;Presse;The radio spoke of us\n"
                  "2026-06-03;2026-06-05;événement;Open days, again\n"),
        ("a.toml", '[[annotation]]\nfrom = 2026-06-01\ncategory = "press"\ntext = "The radio spoke of us"\n'
                   '[[annotation]]\nfrom = 2026-06-03\nto = 2026-06-05\ncategory = "event"\n'
                   'text = "Open days, again"\n'),
    ],
)  # fmt: skip
def test_one_thing_in_three_ways(name: str, text: str) -> None:
    found = annotated(name, text.encode(), FR)
    assert (found.noted, found.problems) == ([RADIO, FAIR], [])


def test_a_category_that_is_not_said_is_other() -> None:
    (one,) = annotated("a.csv", b"from,text\n2026-06-01,Rain\n", {}).noted
    assert one == Noted(date(2026, 6, 1), date(2026, 6, 1), "other", "Rain")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,press,Radio", "line 2, from: empty, expected a day as YYYY-MM-DD"),
        ("1/6/2026,,press,Radio", "line 2, from: found “1/6/2026”, expected a day as YYYY-MM-DD"),
        ("2026-06-03,2026-06-01,press,Radio", "line 2, to: found “2026-06-01”, expected no day before that under from"),
        ("2026-06-03,,weather,Rain", "line 2, category: found “weather”, expected one of campaign, event"),
        ("2026-06-03,,press,", "line 2, text: empty, expected what happened, in at most 500 characters"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_column(row: str, said: str) -> None:
    found = annotated("a.csv", f"from,to,category,text\n{row}\n2026-06-01,,press,Radio\n".encode(), {})
    (problem,) = found.problems
    assert said in locale("en").t(problem) and len(found.noted) == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "", "holds no annotation"),
        ("a.csv", "date,what\n2026-06-01,Rain\n", "found the columns date, what"),
        ("a.toml", "from = 2026-06-01\n", "expected tables that begin with [[annotation]]"),
        ("a.toml", "[[annotation]\n", "line 1: this is no TOML. Is a quotation mark"),
    ],
)
def test_a_file_of_something_else_is_refused(name: str, text: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        annotated(name, text.encode(), {})
    assert said in locale("en").t(refused.value.message)
