"""Vigie as people meet it: a server of its own, and a reader with a browser who notices what nobody should see."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, WebSocket, expect

ROOT = Path(__file__).parents[2]
DESK = {"viewport": {"width": 1200, "height": 900}}
PHONE = "iPhone 14"  # 390 pixels wide; Streamlit folds its navigation away for what says that it is a telephone
# In the browser: every text that can be seen, its colour, and that of its ground, as they come out over each other.
TEXTS = """page => {
    const brush = document.createElement("canvas").getContext("2d", {willReadFrequently: true}), known = {};
    const painted = colour => {
        brush.clearRect(0, 0, 1, 1);
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        const [red, green, blue, opacity] = brush.getImageData(0, 0, 1, 1).data;
        return [[red, green, blue], opacity / 255];
    };
    const parts = colour => known[colour] ??= painted(colour);
    const over = (front, ground, opacity) => front.map((part, i) => opacity * part + (1 - opacity) * ground[i]);
    const above = element => element ? [element, ...above(element.parentElement)] : [];
    const found = [], texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim(), element = texts.currentNode.parentElement;
        const seen = element.checkVisibility({opacityProperty: true, visibilityProperty: true});
        if (!text || !seen || element.closest("style, script, canvas, [disabled], .v-hidden")) continue;
        const styles = above(element).map(each => getComputedStyle(each));
        const ground = styles.map(style => parts(style.backgroundColor))
            .reduceRight((ground, [paint, opacity]) => over(paint, ground, opacity), [255, 255, 255]);
        const [paint, opacity] = parts(element.closest("svg") ? styles[0].fill : styles[0].color);
        const faded = styles.reduce((all, style) => all * style.opacity, opacity);
        found.push([text, over(paint, ground, faded), ground]);
    }
    return found;
}"""
# In the browser: when anything last changed, whether the page is at rest, and files as a hand holds them.
NOTE_CHANGES = """
    new MutationObserver(() => { window.changed = performance.now(); })
        .observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
"""
RESTS = """() =>
    document.querySelector("[data-test-script-state=notRunning]") && performance.now() - window.changed > 250
"""
FILES = """files => {
    const held = new DataTransfer();
    for (const [name, bytes] of files) held.items.add(new File([Uint8Array.from(bytes)], name));
    return held;
}"""
START = 60.0  # seconds that a server may take on a busy machine

expect.set_options(timeout=30_000)  # milliseconds; as long as every other wait


@contextmanager
def serving(brands: Path, log: Path) -> Iterator[str]:
    """The address of a new server that shows `brands`; a fault that it has put into its log is one of the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    with open(log, "w", encoding="utf-8") as said:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "VIGIE_DATA": str(brands)}, stdout=said, stderr=said
        )
        try:
            _wait_for(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()
    assert "Traceback" not in (told := log.read_text(encoding="utf-8")), told


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        asked = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", "/_stcore/health")
            if asked.getresponse().read() == b"ok":
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            asked.close()
    raise TimeoutError(f"no server after {START} seconds: {log.read_text(encoding='utf-8')}")


class Reader:
    """A person at a page of a server. `wrong` is what nobody should see: faults, and requests to another host."""

    def __init__(self, browser: Browser, address: str, device: Mapping[str, Any] = DESK, dark: bool = False) -> None:
        self.address, self.wrong = address, list[str]()
        self.page: Page = browser.new_page(**device, color_scheme="dark" if dark else "light")
        self.page.add_init_script(NOTE_CHANGES)
        self.page.on("pageerror", lambda error: self.wrong.append(f"fault in the browser: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)
        self.page.on("websocket", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its own address beside that of a page, and for want of it one level up.
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            self.wrong.append(f"in the console: {message.text}")

    def _asked(self, request: Request | WebSocket) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.netloc != urlsplit(self.address).netloc:
            self.wrong.append(f"asked of another host: {request.url}")

    def go(self, path: str, title: str) -> None:
        """Opens an address of the server, as a link from elsewhere does."""
        self.page.goto(self.address + path)
        self.see(title)

    def see(self, title: str) -> None:
        """Waits until the page of this title stands whole; a fault on it is one of the test."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.rest()

    def rest(self) -> None:
        """Waits until the server has said all of the page; between two runs of a page it rests, but not for long."""
        self.page.wait_for_function(RESTS)
        expect(self.page.get_by_test_id("stException")).to_have_count(0)

    def turn_to(self, title: str) -> None:
        """Goes to a page by the navigation, which on a telephone is opened first."""
        if self.page.get_by_test_id("stSidebar").get_attribute("data-collapsed") == "true":
            self.page.get_by_test_id("stExpandSidebarButton").click()
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        self.see(title)

    def figures(self) -> dict[str, str]:
        """The figures of the cards, in their order, as written."""
        expect(self.page.locator(".v-card").first).to_be_visible()
        self.rest()
        read = "cards => cards.map(card => ['.v-name', '.v-value'].map(part => card.querySelector(part).innerText))"
        return dict(self.page.locator(".v-card").evaluate_all(read))

    def card(self, name: str) -> Locator:
        """The card of a figure, and what stands below it."""
        named = self.page.locator(".v-name").get_by_text(name, exact=True)
        return self.page.get_by_test_id("stGridCell").filter(has=named)

    def choose(self, label: str, option: str) -> None:
        """Looks for an option of a select box by typing it, and takes it."""
        self.page.get_by_role("combobox", name=label, exact=True).fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()

    def drop(self, *files: tuple[str, bytes]) -> None:
        """Drops files where the page takes them."""
        held = self.page.evaluate_handle(FILES, [(name, list(content)) for name, content in files])
        self.page.get_by_test_id("stFileUploaderDropzone").dispatch_event("drop", {"dataTransfer": held})

    def texts(self) -> list[tuple[str, list[float], list[float]]]:
        """Every text to be seen, its colour and the colour it stands on."""
        return self.page.locator("body").evaluate(TEXTS)


Open = Callable[..., Reader]


def digits(text: str) -> int:
    """The number that a figure writes, without what a language puts between its digits."""
    return int(re.sub(r"\D", "", text))
