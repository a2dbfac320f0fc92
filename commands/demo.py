"""The command `demo`: an invented brand, to see what Vigie shows, and how a service is asked for its figures."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.brands import demo_brand
from commands.voice import Voice
from connectors.ga4.credentials import ANALYTICS
from connectors.reading import examine
from data import demo
from data.model import Noted, says
from data.store import Store, brands, create_brand

VIGIE = Path(__file__).parents[1] / "vigie.py"
FRESH = 7  # days: the story ends on a Sunday, so it is told anew once a week


def make(args: Namespace, voice: Voice) -> int:
    """Makes the demo, or puts a newer story in the place of an old one; what else was loaded there stays."""
    if args.ga4:
        return ask(args, voice)
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
    aim(store, today)
    note(store, demo.noted(today))
    voice.say(
        says(
            "The demo is made. Exports: {exports}; rows: {rows}; time: {time}.",
            exports=len(made), rows=sum(one.statements for one in made),
            time=voice.lang.seconds(round(time.monotonic() - started, 1)),
        )
    )  # fmt: skip
    return 0


def aim(store: Store, today: date) -> None:
    """States the objectives and campaigns of the story, once; of an old story, the campaigns that are still there move
    to the new days, and what is aimed at in these with them."""
    aims = store.objectives()
    if not aims:
        store.state_objectives(demo.objectives(today))
    there = {one.name: one for one in store.campaigns()}
    if not there:
        store.state_campaigns(demo.campaigns(today))
    known = [(there[one.name], one.days) for one in demo.campaigns(today) if one.name in there]
    moved = {one.days: replace(one, days=days) for one, days in known if one.days != days}
    old = {one.aim: (one, moved[days].days) for one in aims if (days := one.aim.dates) and days in moved}
    anew = [
        (replace(one, aim=replace(one.aim, dates=days), since=days.first), days.first) for one, days in old.values()
    ]
    if moved:
        store.state_campaigns(moved.values(), anew)
    for one in old:
        store.forget_objective(one)


def note(store: Store, noted: Sequence[Noted]) -> None:
    """States the annotations of the story, once; of an old story, those that are still there move to the new days."""
    there = {one.text: one for one in store.annotations()}
    if not there:
        store.annotate_all(noted)
    for one in noted:
        before = there.get(one.text)
        if before and (before.window.first, before.window.last) != (one.first, one.last):
            store.change_annotation(before.id, one)


def ask(args: Namespace, voice: Voice) -> int:
    """Shows how Google Analytics is connected to and asked, with a server on this computer in its place."""
    from loopback.brand import PROPERTY, brand_site
    from loopback.ga4 import serve

    now = datetime.now(ZoneInfo(demo.ZONE))
    voice.progress(says("Making two years of visits"), now=True)
    site = brand_site(now)
    if all(brand.slug != demo.ASKED for brand in brands()):
        create_brand(f"{demo.BRAND_NAME} (Google Analytics)", demo.ZONE, slug=demo.ASKED)
    since = ["--since", args.since.isoformat()] if args.since else []
    with serve(site, now=now) as served:
        voice.say(says("A Google Analytics with the visits of the demo answers on {address}.", address=served.address))
        for step in (["--check"], since, []):
            line = ["sync", "ga4", "--property", PROPERTY, "--brand", demo.ASKED, *step]
            voice.say(says("$ {command}", command=" ".join(["python", VIGIE.name, *line])))
            sys.stdout.flush()  # what was said comes before what the command says
            here = os.environ | {ANALYTICS.endpoint: served.address}
            ended = subprocess.run([sys.executable, VIGIE, *line, "--lang", voice.lang.code], env=here, check=False)
            if ended.returncode:
                return ended.returncode
    voice.say(says("Its pages: make run, and choose the brand {brand}.", brand=f"{demo.BRAND_NAME} (Google Analytics)"))
    return 0
