"""The command `demo`: an invented brand, to see what Vigie shows."""

from __future__ import annotations

import time
from argparse import Namespace
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.brands import demo_brand
from commands.voice import Voice
from connectors.reading import examine
from data import demo
from data.model import says
from data.store import create_brand

FRESH = 7  # days: the story ends on a Sunday, so it is told anew once a week


def make(args: Namespace, voice: Voice) -> int:
    """Makes the demo, or puts a newer story in the place of an old one; what else was loaded there stays."""
    started = time.monotonic()
    today = datetime.now(ZoneInfo(demo.ZONE)).date()
    store = demo_brand()
    present = store.exports() if store else []
    last = max((info.last_day for info in present if info.last_day), default=None)
    if last and (today - last).days <= FRESH and not args.force:
        voice.say(says("The demo is there, with figures up to {day}.", day=last))
        return 0
    work = says("Making the demo")
    voice.progress(work, now=True)
    told = [examine(export.name, export.content, export.answers) for export in demo.generate(today)]
    cast = {account for one in told for account in one.export.accounts}
    old = [info.id for info in present if cast.issuperset(info.accounts)]
    store = store or create_brand(demo.BRAND_NAME, demo.ZONE, slug=demo.SLUG)
    pairs = ((one.export, voice.following(one.findings(demo.ZONE), work)) for one in told)
    made = store.add_exports(pairs, instead_of=old)
    voice.say(
        says(
            "The demo is made. Exports: {exports}; rows: {rows}; time: {time}.",
            exports=len(made), rows=sum(one.statements for one in made),
            time=voice.lang.seconds(round(time.monotonic() - started, 1)),
        )
    )  # fmt: skip
    return 0
