from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from functools import partial
from html import escape

import streamlit as st

from data.model import Message, UserError, says
from metrics.aims import running
from metrics.doubts import doubts
from metrics.registry import metrics
from metrics.stating import stated as as_typed
from metrics.stating import written
from metrics.writing import Reading
from pages.parts.aiming import Said, change_form, new_form
from pages.parts.changing import change as make
from pages.parts.changing import changed
from pages.parts.empty import when_empty
from pages.parts.objectives import objective_card
from pages.parts.style import uploader_words
from pages.parts.verdicts import house as house_of
from pages.parts.verdicts import objectives_lead, told_on
from pages.parts.verdicts import today as day_of

when_empty(here)
t, store = here.locale.t, here.store
today, house = day_of(here), house_of(here)
by = Reading({t(metric.name): key for key, metric in metrics().items()}, house, today)


change = partial(make, here.locale, "objectives")


def say(said: Said) -> Message:
    """States, gives up or forgets an objective."""
    if said.forgotten:
        store.forget_objective(said.forgotten)
        return says("Forgotten.")
    if said.given_up:
        aim = said.given_up.aim
        store.state_objectives([(said.given_up, running(aim, today, house.week_start))])
        return says("Given up. The periods before stay as they were.")
    added = store.state_objectives([as_typed(said.row or {}, by)])
    return says("Stated.") if added else says("That is stated already; nothing changes.")


def load(name: str, content: bytes) -> Message:
    """States what a file says, or nothing of it."""
    st.session_state["objectives_round"] = st.session_state.get("objectives_round", 0) + 1  # an empty uploader
    found = written(name, content, by)
    if found.problems:
        raise UserError(says("Nothing of {file} is stated. {problems}", file=name, problems=found.problems))
    new = store.state_objectives(found.objectives)
    return says(
        "Objectives in {file}: {count}; new or changed: {new}.", file=name, count=len(found.objectives), new=new
    )


assert here.known
told = told_on(here, min(here.known.last, today))
changed(here.locale, "objectives")
if told:
    objectives_lead(here, told)
else:
    st.html(f'<p class="v-lead">{escape(t("Nothing is aimed at yet."))}</p>')
    st.write(
        t("State what a figure is to come to, and by when: Vigie says each day whether it will, and what it takes.")
    )
for n, one in enumerate(told):
    key = f"objective_{n}"
    objective_card(here, one, doubts(one, told, house), key)
    with st.popover(t("Change"), key=f"{key}_more", on_change="rerun") as more:
        if more.open and (wanted := change_form(here, one, house, today, key)):
            change(partial(say, wanted))
with st.expander(t("State an objective"), expanded=not told, key="new_aim"):
    if wanted := new_form(here, house, today):
        change(partial(say, wanted))
with st.expander(t("Load objectives from a file"), key="aims_file"):
    st.caption(
        t(
            "CSV or TOML, with the columns: {columns}.",
            columns="metric, scope, period, from, to, at_least, at_most, start, owner",
        )
    )
    uploader_words(here.locale)
    file = st.file_uploader(
        t("A file of objectives"), type=["csv", "toml"], key=f"aims_{st.session_state.get('objectives_round', 0)}"
    )
    if file:
        change(partial(load, file.name, file.getvalue()))
