"""The report as a card in a channel of Slack or of Microsoft Teams: headline, sentences, key figures."""

from __future__ import annotations

from typing import Any

from reports.drawable import brief, readable
from reports.model import Report, Tile

FIGURES = 6
LONGEST = 600  # characters of a sentence: both services refuse long cards


def slack(report: Report) -> dict[str, Any]:
    """The report as blocks of Slack, each text plain: nothing that people wrote is read as markup."""
    headline = brief(report.headline, 260)
    said = [f"{one.label} · {brief(one.text, LONGEST)}" for one in report.sentences]
    blocks: list[dict[str, Any]] = [
        {"type": "context", "elements": [_plain(_head(report))]},
        {"type": "section", "text": _plain(headline)},
        *({"type": "section", "text": _plain(one)} for one in said),
        *([{"type": "section", "text": _plain(brief(report.comment, LONGEST))}] if report.comment else []),
        {"type": "section", "fields": [_plain(f"{one.name}\n{_told(one)}") for one in report.tiles[:FIGURES]]},
        {"type": "context", "elements": [_plain(brief(report.quality.summary, LONGEST))]},
    ]
    shown = [one for one in blocks if one.get("fields") != []]
    return {"text": _escaped(f"{_head(report)} · {headline}"), "blocks": shown}


def teams(report: Report) -> dict[str, Any]:
    """The report as an Adaptive Card, as a workflow of Teams takes it."""
    facts = [{"title": _calm(one.name), "value": _calm(_told(one))} for one in report.tiles[:FIGURES]]
    body: list[dict[str, Any]] = [
        _block(_head(report), isSubtle=True),
        _block(brief(report.headline, 260), weight="Bolder", size="Large"),
        *(_block(f"{one.label} · {brief(one.text, LONGEST)}") for one in report.sentences),
        *([_block(brief(report.comment, LONGEST))] if report.comment else []),
        *([{"type": "FactSet", "facts": facts}] if facts else []),
        _block(brief(report.quality.summary, LONGEST), isSubtle=True),
    ]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
        "lang": report.language, "body": body,
    }  # fmt: skip
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}


def _head(report: Report) -> str:
    return f"{brief(report.brand, 80)} · {report.title} · {report.week}, {report.span}"


def _told(tile: Tile) -> str:
    """A figure with its changes and its target."""
    said = [tile.figure.shown, *(f"{one.shown} {one.against}" for one in tile.changes)]
    said += [" ".join(filter(None, [tile.aimed, tile.aim.shown if tile.aim else ""]))]
    return " · ".join(filter(None, said))


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": readable(text) or "—", "emoji": False}


def _escaped(text: str) -> str:
    """A text of Slack in which nothing names a channel, a person or a link."""
    return readable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _block(text: str, **look: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": _calm(text), "wrap": True, **look}


def _calm(text: str) -> str:
    """A text of Teams in which no sign is read as Markdown."""
    return "".join(f"\\{sign}" if sign in r"\*_[]()#`~>" else sign for sign in readable(text))
