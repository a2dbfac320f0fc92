"""The browser, the servers and the readers of the journeys.

The browser is the one that VIGIE_BROWSER names, or that `.ci/browser` finds. Without one the journeys are skipped;
where CI is set, they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsing import DESK, PHONE, ROOT, Open, Reader, serving
from playwright.sync_api import Browser, Playwright, sync_playwright

ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
LANGUAGES = {"en": "en-GB,en", "fr": "fr-FR,fr"}  # what the browser says it would like to read


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is."""
    found = os.environ.get("VIGIE_BROWSER")
    if not found and (shell := shutil.which("sh")):
        looked = subprocess.run([shell, str(ROOT / ".ci" / "browser"), "--installed"], capture_output=True, text=True)
        found = looked.stdout.strip()
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chrome or Chromium: see .ci/browser")
    return found


# The driver of the browser keeps an event loop, which must end before other tests begin theirs: hence per module.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The driver of the browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browsers(chromium: str, playwright: Playwright) -> Iterator[Callable[[str], Browser]]:
    """A browser for readers of each language, started when it is first asked for."""
    started: dict[str, Browser] = {}

    def browser(language: str) -> Browser:
        if language not in started:
            # Of a context's locale the web socket says nothing; of the browser's own it does.
            wish = f"--accept-lang={LANGUAGES[language]}"
            started[language] = playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS, wish])
        return started[language]

    yield browser
    for each in started.values():
        each.close()


@pytest.fixture(scope="module")
def demo(chromium: str, demo_brands: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the demo, to be read."""
    with serving(demo_brands, tmp_path_factory.mktemp("demo") / "log") as address:
        yield address


@pytest.fixture
def fresh(chromium: str, demo_brands: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server that nobody has asked for anything, with the demo alone."""
    shutil.copytree(demo_brands / "demo", tmp_path / "brands" / "demo")
    with serving(tmp_path / "brands", tmp_path / "log") as address:
        yield address


@pytest.fixture
def reader(browsers: Callable[[str], Browser], playwright: Playwright) -> Iterator[Open]:
    """Sits a reader down before a server, or gives one a telephone; in the end none has seen what nobody should see."""
    with ExitStack() as stack:
        readers: list[Reader] = []

        def sit(address: str, language: str = "en", phone: bool = False, dark: bool = False) -> Reader:
            # What kind of browser the device has is not for a context to choose.
            named = {k: v for k, v in playwright.devices[PHONE].items() if k != "default_browser_type"}
            readers.append(Reader(browsers(language), address, named if phone else DESK, dark))
            stack.callback(readers[-1].page.close)
            return readers[-1]

        yield sit
        assert [wrong for one in readers for wrong in one.wrong] == []
