"""The tray: files that were dropped and wait to be loaded. It lives as long as the reader's tab."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import streamlit as st

from data.model import Answers
from pages.parts.described import Mapping, Proposal
from pages.parts.preview import Preview, Question


@dataclass
class Dropped:
    """A file that waits, with what its user has said of it and what is known of it so far.

    `seen`: the answers, the time zone, whether it was loaded before and the mappings known when the preview was
    made. `turn` changes when the answers are set from elsewhere, so that the widgets that ask start anew.
    `proposal`: its table as its user describes it, where nothing else knows it.
    """

    id: str
    name: str
    content: bytes = field(repr=False)
    answers: Answers = Answers()  # noqa: RUF009 - frozen
    asked: dict[str, Question] = field(default_factory=dict)
    preview: Preview = Preview()  # noqa: RUF009 - frozen
    seen: tuple[Answers, str, bool, tuple[str, ...]] | None = None
    turn: int = 0
    proposal: Proposal | None = None

    def see(self, preview: Preview, zone: str, loaded: bool, mappings: tuple[str, ...]) -> None:
        """Keeps what was found; a question once asked can be answered again."""
        self.preview, self.seen = preview, (self.answers, zone, loaded, mappings)
        self.asked |= {question.about: question for question in preview.questions}

    def answer(self, about: str, answer: object) -> None:
        """Answers a question from elsewhere than its own widget."""
        self.answers = replace(self.answers, **{about: answer})
        self.turn += 1

    def describe(self, proposal: Proposal) -> None:
        """Takes its table as it is described now; whose it is and how its dates are read may have to be asked anew."""
        if self.proposal and _asks(self.proposal.mapping) != _asks(proposal.mapping):
            self.asked = {about: asked for about, asked in self.asked.items() if about not in ("account", "date_order")}
            self.answers = replace(self.answers, account=None, date_order=None)
        self.proposal = proposal
        self.answers = replace(self.answers, mapping=proposal.mapping.toml())


def _asks(mapping: Mapping) -> tuple[object, ...]:
    """What of a mapping changes the questions that its table asks."""
    told = [column for column in mapping.columns if column.means in ("day", "network", "account")]
    return mapping.says, mapping.network, mapping.sheet, mapping.header_row, told


@dataclass
class Tray:
    """The files of one brand that wait; `round` makes the uploader a new, empty one."""

    files: dict[str, Dropped] = field(default_factory=dict)
    round: int = 0

    def add(self, name: str, content: bytes) -> None:
        """Puts a file in the tray; the same bytes twice are one file."""
        key = hashlib.sha256(content).hexdigest()
        self.files.setdefault(key, Dropped(key, name, content))

    def asking_like(self, file: Dropped, about: str) -> Iterator[Dropped]:
        """The other files that still ask what this one has asked."""
        question = file.asked[about]
        for other in self.files.values():
            for asked in other.preview.questions:
                same = (asked.about, asked.networks, asked.each) == (about, question.networks, question.each)
                if same and getattr(other.answers, about) is None and other is not file:
                    yield other


def tray(slug: str) -> Tray:
    """The tray of a brand."""
    return st.session_state.setdefault(f"tray_{slug}", Tray())


def answer_alike(file: Dropped, others: list[Dropped], about: str) -> None:
    """Gives the other files the answer of this one; "on its last day" is a day of each file's own."""
    answer = getattr(file.answers, about)
    on_last_day = about == "as_of" and answer == _last_day(file)
    for other in others:
        other.answer(about, (_last_day(other) or answer) if on_last_day else answer)


def _last_day(file: Dropped) -> datetime | None:
    return file.asked["as_of"].suggestion
