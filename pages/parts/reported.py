"""A report as its page shows it: its sheets, its files, what was published before and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from data.model import Message, Publication, says
from i18n import LANGUAGES
from metrics.model import N_
from pages.parts.changing import change
from pages.parts.frame import Frame
from pages.parts.lists import plain_table
from pages.parts.plain import plain
from pages.parts.report import EDITIONS
from reports.forms import FORMS, file_name
from reports.given import Asked
from reports.handed import publication
from reports.model import Edition, Report, Revision

NAMES = {"pdf": N_("PDF"), "html": N_("Web page"), "xlsx": N_("Excel workbook"), "pptx": N_("PowerPoint slide")}
WAYS = {"file": N_("file"), "mail": N_("e-mail"), "slack": N_("Slack"), "teams": N_("Teams")}
MOST = 12  # publications


def sheets(frame: Frame, made: Report, pages: Sequence[bytes]) -> None:
    """The pages as they will be printed, one below the other."""
    t = frame.locale.t
    for number, page in enumerate(pages, 1):
        place = t("Page {n} of {of}", n=number, of=len(pages))
        alt = t("{title}, {week}. {page}. The web page and the PDF say the same as text.", title=made.title,
                week=made.week, page=place)  # fmt: skip
        st.image(page, caption=place if len(pages) > 1 else None, width="stretch", alt=alt)


def unfinished(frame: Frame, made: Report) -> None:
    """That the week is not known to its end, and why."""
    if not made.complete:
        why = " ".join([made.quality.summary, *made.quality.lines])
        st.warning(plain(frame.locale.t("The week is not complete: {why}", why=why)))


def downloads(frame: Frame, made: Report, printable: bool) -> None:
    """A button for each form; its file is made when it is asked for."""
    t = frame.locale.t
    st.subheader(t("Download"))
    with st.container(horizontal=True):
        for form, draw in FORMS.items():
            st.download_button(
                t(NAMES[form]), partial(draw, made), file_name(made, form), key=f"report_{form}", on_click="ignore",
                disabled=form == "pdf" and not printable,
            )  # fmt: skip


def keep(frame: Frame, made: Report, asked: Asked) -> None:
    """A button for the report that its author has handed over in their own way."""
    t = frame.locale.t
    if st.button(t("I have handed it over"), key="report_keep"):
        change(frame.locale, "report", partial(_keep, frame, made, asked))
    st.caption(t("Its figures are kept as published."))


def _keep(frame: Frame, made: Report, asked: Asked) -> Message:
    frame.store.publish(publication(made, asked, "file"))
    return says("Kept as published: the next report says which of its figures have changed since.")


def changed(frame: Frame, made: Report) -> None:
    """The figures of the last report that are written otherwise today, or why there are none, as the report has it."""
    section = made.sections["revisions"]
    title = frame.locale.t("What has changed since it was published")
    st.subheader(title)
    if not made.revisions:
        st.write(plain(section.empty))
        return
    st.caption(plain(section.about))
    heads = {made.words[key]: "" for key in ("old", "new")}
    plain_table(made.words["figure"], heads, [_revision(one) for one in made.revisions], title)


def _revision(one: Revision) -> str:
    about = " · ".join(filter(None, (one.period, one.why)))
    by = f'<br><span class="v-about">{escape(one.change.shown)}</span>' if one.change.shown else ""
    return (
        f'<td>{escape(one.name)}<br><span class="v-about">{escape(about)}</span></td>'
        f'<td class="v-num">{escape(one.old.shown)}</td><td class="v-num">{escape(one.new.shown)}{by}</td>'
    )


def published(frame: Frame, before: Sequence[Publication]) -> None:
    """What was published, the newest first."""
    t = frame.locale.t
    title = t("Published before")
    st.subheader(title)
    if not before:
        st.write(t("No report was published yet. What you hand over, or {send} does, stands here.",
                   send="`report send`"))  # fmt: skip
        return
    plain_table(t("Report"), {}, [_publication(frame, one) for one in before[: -MOST - 1 : -1]], title)
    if len(before) > MOST:
        st.caption(t("The newest {n} of {of}.", n=MOST, of=len(before)))


def _publication(frame: Frame, one: Publication) -> str:
    locale = frame.locale
    edition = EDITIONS[Edition(one.edition)]
    way = locale.t(WAYS[one.way]) if one.way in WAYS else one.way
    about = " · ".join(
        [locale.span(one.week), locale.t(edition), LANGUAGES.get(one.language, one.language), way,
         locale.moment(one.published_at, frame.brand.zone)]
    )  # fmt: skip
    return f'<td><span class="v-about">{escape(about)}</span><br>{escape(one.headline)}</td>'
