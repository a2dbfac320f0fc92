from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from data.campaigns import Campaign, same_name
from data.model import Message, UserError, says
from metrics.briefs import TITLES, as_row, briefs, typed
from metrics.campaigns import last_known
from metrics.registry import metrics
from metrics.tagged import named
from metrics.writing import Reading
from pages.parts.annotations import notes_here
from pages.parts.campaigning import campaign_form
from pages.parts.campaigns import campaign_card, side_by_side, tell
from pages.parts.changing import change as make
from pages.parts.changing import changed
from pages.parts.empty import when_empty
from pages.parts.frame import chosen
from pages.parts.style import uploader_words
from pages.parts.verdicts import house as house_of
from pages.parts.verdicts import today as day_of
from wording.campaigns import lead

MOST = 4  # campaigns side by side
when_empty(here)
t, store = here.locale.t, here.store
today, house = day_of(here), house_of(here)
by = Reading({t(metric.name): key for key, metric in metrics().items()}, house, today)


change = partial(make, here.locale, "campaigns")


def say(row: dict[str, Any], before: str = "") -> Message:
    """States a campaign, in the place of the one of the name `before`."""
    one, aims = typed(row, by)
    if not same_name(one.name, before) and any(same_name(one.name, other.name) for other in campaigns):
        raise UserError(says("There is a campaign of that name: change that one, or choose another name."))
    new = store.state_campaigns([one], aims)
    if before and not same_name(one.name, before):
        store.forget_campaign(before)
    return says("Stated.") if new else says("That is stated already; nothing changes.")


def forget(one: Campaign) -> Message:
    """Takes a campaign back."""
    store.forget_campaign(one.name)
    return says("Forgotten.")


def load(name: str, content: bytes) -> Message:
    """States what a file says, or nothing of it."""
    st.session_state["campaigns_round"] = st.session_state.get("campaigns_round", 0) + 1  # an empty uploader
    found = briefs(name, content, by)
    if found.problems:
        raise UserError(says("Nothing of {file} is stated. {problems}", file=name, problems=found.problems))
    new = store.state_campaigns(found.campaigns, found.aims)
    return says("Campaigns in {file}: {count}, with objectives: {aims}; new or changed: {new}.", file=name,
                count=len(found.campaigns), aims=len(found.aims), new=new)  # fmt: skip


changed(here.locale, "campaigns")
campaigns, until = store.campaigns(), last_known(here.known, today)
with store.read() as cursor:
    known = named(cursor)
if campaigns:
    words = st.empty()
    names = [one.name for one in campaigns]
    picked = names[:MOST]
    if len(names) > MOST:
        picked = st.multiselect(
            t("Side by side"), names, names[:MOST], max_selections=MOST, key="beside", placeholder=t("Choose some"),
        )  # fmt: skip
    with st.spinner(t("Working out what would have come anyway …")):
        told = {one.name: tell(here, one, until) for one in campaigns if one.name in picked}
    if told:
        answer = lead(here.locale, [one.brought for one in told.values()], next(iter(told.values())).effect)
        words.html(f'<p class="v-lead">{escape(answer)}</p>')
        side_by_side(here, list(told.values()))
    st.subheader(t("One campaign"))
    name = chosen("campaign", names, names[0], st.selectbox, label=t("Campaign"), width=460)
    one = campaigns[names.index(name)]
    campaign_card(here, told[name] if name in told else tell(here, one, until))
    with st.popover(t("Change"), key="campaign_more", on_change="rerun") as more:
        if more.open:
            if row := campaign_form(here, known, today, f"change_{names.index(name)}", as_row(one)):
                change(partial(say, row, one.name))
            if st.button(t("Forget this campaign"), key="campaign_forget", type="tertiary"):
                change(partial(forget, one))
    notes_here(here, one.days)
else:
    st.html(f'<p class="v-lead">{escape(t("No campaign is stated yet."))}</p>')
    st.write(
        t(
            "State its days and by what it is known: Vigie says what it brought, at which cost, and what would have "
            "come anyway."
        )
    )
with st.expander(t("State a campaign"), expanded=not campaigns, key="new_campaign"):
    if row := campaign_form(here, known, today, "new"):
        change(partial(say, row))
with st.expander(t("Load campaigns from a file"), key="campaigns_file"):
    st.caption(t("TOML with tables [[campaign]], and the keys: {keys}.", keys=", ".join(TITLES)))
    uploader_words(here.locale)
    file = st.file_uploader(
        t("A file of campaigns"), type=["toml"], key=f"campaigns_{st.session_state.get('campaigns_round', 0)}"
    )
    if file:
        change(partial(load, file.name, file.getvalue()))
