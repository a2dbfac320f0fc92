"""What a command says in the terminal."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence

from data.model import Finding, Message, rows_of, says
from i18n import Locale


class Voice:
    """Speaks one language; how far a long work is, it says only where somebody is looking."""

    def __init__(self, lang: Locale) -> None:
        self.lang = lang
        self._width = 0  # of the line of progress
        self._due = 0.0

    def say(self, *messages: Message, indent: str = "") -> None:
        """Says sentences, one a line."""
        self._write(messages, indent, sys.stdout)

    def warn(self, *messages: Message, indent: str = "") -> None:
        """Says what is wrong."""
        self._write(messages, indent, sys.stderr)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Writes rows in columns."""
        self._clear()
        grid = [headers, *rows]
        widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
        for row in grid:
            print("  ".join(map(str.ljust, row, widths)).rstrip())

    def progress(self, message: Message, now: bool = False) -> None:
        """Says how far the work is: `now`, or when a second has passed."""
        if sys.stderr.isatty() and (now or time.monotonic() >= self._due):
            self._clear()
            line = self.lang.t(message)[: shutil.get_terminal_size().columns - 1]
            print(line, end="", file=sys.stderr, flush=True)
            self._width, self._due = len(line), time.monotonic() + 1

    def following(self, found: Iterable[Finding], work: Message) -> Iterator[Finding]:
        """The same rows, counted aloud as they pass."""
        count = 0
        for item in found:
            before, count = count, count + rows_of(item)
            if before // 500 < count // 500:
                self.progress(says("{work}, rows: {count}", work=work, count=count))
            yield item

    def _write(self, messages: Iterable[Message], indent: str, stream) -> None:
        self._clear()
        for message in messages:
            print(indent + self.lang.t(message), file=stream)

    def _clear(self) -> None:
        if self._width:
            print(f"\r{' ' * self._width}\r", end="", file=sys.stderr, flush=True)
            self._width = 0
