"""The tray: files that were dropped and wait to be loaded. It lives as long as the reader's tab."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import streamlit as st

from data.model import Answers
from pages.parts.preview import Preview, Question


@dataclass
class Dropped:
    """A file that waits, with what its user has said of it and what is known of it so far.

    `seen`: the answers, the time zone and whether it was loaded before, when the preview was made.
    `turn` changes when the answers are set from elsewhere, so that the widgets that ask start anew.
    """

    id: str
    name: str
    content: bytes = field(repr=False)
    answers: Answers = Answers()  # noqa: RUF009 - frozen
    asked: dict[str, Question] = field(default_factory=dict)
    preview: Preview = Preview()  # noqa: RUF009 - frozen
    seen: tuple[Answers, str, bool] | None = None
    turn: int = 0

    def see(self, preview: Preview, zone: str, loaded: bool) -> None:
        """Keeps what was found; a question once asked can be answered again."""
        self.preview, self.seen = preview, (self.answers, zone, loaded)
        self.asked |= {question.about: question for question in preview.questions}

    def answer(self, about: str, answer: object) -> None:
        """Answers a question from elsewhere than its own widget."""
        self.answers = replace(self.answers, **{about: answer})
        self.turn += 1


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
