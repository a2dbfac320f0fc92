"""Meta Business Suite: Facebook content in French, Instagram content in English, and the cards of results."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from codecs import BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from data.demo.cadence import Period, closely, loosely
from data.demo.files import MONTHS, DemoExport, american, table
from data.demo.posts import Counts, Post, Presence, settled
from data.demo.story import Story
from data.demo.words import HANDLE, NAME
from data.model import Answers

PACIFIC = ZoneInfo("America/Los_Angeles")  # of Meta's clock, wherever the account is
INSTAGRAM_EPOCH = 1314220021721
PAGE_ID, ACCOUNT_ID = 100064512340987, 17841407293561842
# Facebook's posts name a page by its number, Instagram's an account by its user name.
ACCOUNTS = {"facebook": f"facebook:{PAGE_ID}", "instagram": f"instagram:{HANDLE}"}

FACEBOOK = (
    "Identifiant de la publication", "ID de la Page", "Nom de la page", "Titre", "Description", "Durée (s)",
    "Heure de publication", "Type de légende", "Permalien", "Est un crosspostage", "Est un partage",
    "Type de publication", "Langues", "Libellés personnalisés", "Statut du contenu financé",
    "Commentaire des données", "Date", "Vues", "Couverture", "Réactions, commentaires et partages",
    "Réactions", "Commentaires", "Partages", "Secondes regardé(e)", "Secondes moyen(ne) regardé(e)",
    "Revenus estimés (USD)", "CPM publicitaire (USD)", "Impressions publicitaires",
    "Total des clics", "Autres clics",
    "Clics sur un lien", "Consommation ciblage d\u2019audience correspondante (Photo Click)",
    "Vues de Publications boostées", "Vues de Publications organiques",
    "Couverture de Publications boostées", "Couverture de Publications organiques",
    "Vues de vidéo de 3 secondes", "Vues de vidéo d\u2019une minute",
)  # fmt: skip
INSTAGRAM = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)",
    "Publish time", "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares",
    "Follows", "Comments", "Saves",
)  # fmt: skip
# Title of the card, file name, measures whose days it adds up.
FACEBOOK_CARDS = (
    ("Facebook follows", "Follows", ("follows",)),
    ("Facebook visits", "Visits", ("profile_visits",)),
    ("Facebook link clicks", "Link clicks", ("link_clicks",)),
    ("Views", "Views", ("views",)),
    ("Viewers", "Viewers", ("reach",)),
    ("Content interactions", "Interactions", ("reactions", "comments", "shares")),
)
INSTAGRAM_CARDS = (
    ("Instagram follows", "Follows", ("follows",)),
    ("Instagram reach", "Reach", ("reach",)),
    ("Instagram profile visits", "Visits", ("profile_visits",)),
    ("Instagram link clicks", "Link clicks", ("link_clicks",)),
    ("Views", "Views", ("views",)),
    ("Content interactions", "Interactions", ("reactions", "comments", "shares", "saves")),
)


def exports(story: Story, facebook: Presence, instagram: Presence) -> Iterator[DemoExport]:
    """The posts of both networks closely, their cards loosely."""
    for period in closely(story):
        wide = period.with_posts_before(story)
        yield _content(FACEBOOK, [_on_facebook(post, wide) for post in facebook.posts_of(wide)], wide, PAGE_ID)
        rows = [_on_instagram(post, wide) for post in instagram.posts_of(wide)]
        yield _content(INSTAGRAM, rows, wide, ACCOUNT_ID)
    for period in loosely(story):
        wide = period.with_days_before(story)
        for presence, cards in ((facebook, FACEBOOK_CARDS), (instagram, INSTAGRAM_CARDS)):
            for title, name, measures in cards:
                days = sum((presence.daily[measure] for measure in measures), np.zeros(1, np.int64))
                content = _card(title, settled(days, story, wide), wide, presence.network.key)
                yield DemoExport(
                    f"{name}.csv", content, Answers(account=ACCOUNTS[presence.network.key], as_of=wide.made)
                )


def shortcode(post: Post) -> str:
    """The code in an Instagram permalink, which holds the moment of publication."""
    media = (post.milliseconds - INSTAGRAM_EPOCH) << 23 | post.salt
    return urlsafe_b64encode(media.to_bytes(9, "big")).decode().lstrip("A")


def _pacific(post: Post) -> str:
    clock = post.published.astimezone(PACIFIC)
    return f"{american(clock)} {clock.hour:02}:{clock.minute:02}"


def _on_facebook(post: Post, period: Period) -> Sequence[object]:
    count = post.counts(period.made)
    video = post.kind == "reel"
    number = 700_000_000_000_000 + post.milliseconds * 64 + post.salt % 64
    parts = [count["reactions"], count["comments"], count["shares"]]
    paid, paid_reach = (count["views"] * 2 // 5, count["reach"] * 2 // 5) if post.boosted else (0, 0)
    text = f"{post.text}\n{post.link}" if post.link else post.text
    elsewhere = max(count["clicks"] - count["link_clicks"], 0)
    watched = round(count["views"] * 5.37, 3)
    return (
        number, PAGE_ID, NAME, text, text if video else "", post.seconds, _pacific(post), "N/A",
        f"https://www.facebook.com/{f'reel/{number}/' if video else f'{HANDLE}/posts/{number}'}",
        0, 0, {"photo": "Photos", "reel": "Vidéos", "link": "Liens"}[post.kind], "", "", "", "", "Global",
        count["views"], count["reach"], sum(parts), *parts, watched if video else "",
        round(watched / max(count["reach"], 1), 3) if video else "", *((0, 0, 0) if video else ("", "", "")),
        elsewhere + count["link_clicks"], elsewhere - elsewhere // 2, count["link_clicks"] or "",
        elsewhere // 2, paid, count["views"] - paid,
        paid_reach, count["reach"] - paid_reach, count["views"] * 2 // 5 if video else 0, 0,
    )  # fmt: skip


def _on_instagram(post: Post, period: Period) -> Sequence[object]:
    count = post.counts(period.made)
    place = "reel" if post.kind == "reel" else "p"
    return (
        18_000_000_000_000_000 + post.milliseconds % 10**11 * 1000 + post.salt % 1000,
        ACCOUNT_ID, HANDLE, NAME, post.text, post.seconds, _pacific(post), f"https://www.instagram.com/{place}/{shortcode(post)}/",
        f"IG {post.kind}", "", "Lifetime", count["views"], count["reach"], count["reactions"],
        count["shares"], count["follows"] or "", count["comments"], count["saves"],
    )  # fmt: skip


def _content(header: Sequence[str], rows: list[Sequence[object]], period: Period, account: int) -> DemoExport:
    first, last = (f"{MONTHS[day.month - 1]}-{day.day:02}-{day.year}" for day in (period.first, period.last))
    name = f"{first}_{last}_{account % 10**10 + period.last.toordinal()}.csv"
    rows.sort(key=lambda row: int(str(row[0])) % 1009)  # Meta prints posts in no order
    text = table([header, *rows], quote_when=', "\n')
    return DemoExport(name, text.encode("utf-8-sig"), Answers(as_of=period.made))


def _card(title: str, values: Counts, period: Period, network: str) -> bytes:
    lines = ["sep=,", f'"{title}"', '"Date","Primary"']
    for n, value in enumerate(values):
        if not value and title == "Instagram follows":  # the one card that leaves out its empty days
            continue
        day = period.first + timedelta(n)
        # Facebook's cards print 01:00 while California is on winter time.
        winter = network == "facebook" and not datetime.combine(day, time(12), PACIFIC).dst()
        lines.append(f'"{day}T0{int(winter)}:00:00","{value}"')
    return BOM_UTF16_LE + ("\n".join(lines) + "\n\n").encode("utf-16-le")
