"""What a column of any table can mean to Vigie, and the words that people and tools head it with.

Plain data: a table is one of TABLES, and its columns mean what that table has. The words are English, French,
Spanish, Portuguese, German and Italian; those that the formats declare are added to them by `connectors.proposal`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from connectors.cells import DECIMAL, ID, SECONDS, TEXT, WHOLE, Kind, normalise
from connectors.dates import DATE, Dates

OTHERS, ASIDE = "others", "aside"  # kept under its own header; left out
DAY, NETWORK, ACCOUNT = "day", "network", "account"
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+")


def _count(cell: Any, comma: bool) -> int | None:
    """A whole number; what is written 1.250 or 1,250 is not broken, whichever mark its sheet has for decimals."""
    marked = isinstance(cell, str) and THOUSANDS.fullmatch(cell.strip())
    return WHOLE.parse(re.sub(r"[.,]", "", cell) if marked else cell, comma)


COUNT = Kind("count", _count)

_WHOSE: Mapping[str, Kind | Dates] = {DAY: DATE, NETWORK: TEXT, ACCOUNT: TEXT}
_COUNTS = dict.fromkeys(
    ("impressions", "views", "reach", "reactions", "comments", "shares", "saves", "clicks", "link_clicks",
     "profile_visits", "follows", "video_views"), COUNT,
)  # fmt: skip

# The kind of each meaning, by the ledger table that a table speaks to.
TABLES: Mapping[str, Mapping[str, Kind | Dates]] = {
    "posts": {
        **_WHOSE, "post_id": ID, "link": TEXT, "text": TEXT, "kind": TEXT, "campaign": TEXT, **_COUNTS,
        "watch_seconds": SECONDS, "engagements": COUNT,
    },
    "account_days": {
        **_WHOSE, "followers": COUNT, "unfollows": COUNT, "net_follows": COUNT, "posts": COUNT, **_COUNTS,
        "visitors": COUNT, "mentions": COUNT, "watch_seconds": SECONDS, "interactions": COUNT, "engagements": COUNT,
    },
    "web": {
        DAY: DATE, "users": COUNT, "total_users": COUNT, "new_users": COUNT, "returning_users": COUNT,
        "sessions": COUNT, "engaged_sessions": COUNT, "engagement_seconds": SECONDS, "views": COUNT, "events": COUNT,
        "key_events": DECIMAL, "revenue": DECIMAL,
    },
}  # fmt: skip
LABELS = frozenset({DAY, NETWORK, ACCOUNT, "post_id", "link", "text", "kind", "campaign"})  # no figures

SOCIAL = (
    "x", "facebook", "instagram", "linkedin", "youtube", "tiktok", "pinterest", "threads", "mastodon", "bluesky",
    "discord", "facebook_groups",
)  # fmt: skip
SITES = ("ga4", "universal_analytics", "plausible", "matomo")
NETWORKS_OF = {"posts": SOCIAL, "account_days": SOCIAL, "web": SITES}

_SAME = {
    DAY: "date, day, jour, fecha, dia, data, datum, tag, giorno, date du jour, le",
    NETWORK: "network, social network, platform, channel, social media, reseau, reseau social, plateforme, canal, "
             "red, red social, plataforma, rede, rede social, netzwerk, plattform, kanal, rete, piattaforma, canale",
    ACCOUNT: "account, profile, page, page name, profile name, account name, username, handle, compte, profil, "
             "nom de la page, nom du compte, cuenta, perfil, pagina, conta, konto, seite, profilo",
    "link": "link, permalink, post link, post url, url, permalien, lien, lien du post, lien de la publication, "
            "enlace, url de la publicacion, link do post, beitragslink, link del post, collegamento",
    "impressions": "impressions, affichages, impresiones, impressoes, impressionen, impressioni",
    "views": "views, vues, visualizaciones, visualizacoes, vistas, aufrufe, visualizzazioni, nombre de vues",
    "reach": "reach, people reached, accounts reached, portee, couverture, personnes touchees, comptes touches, "
             "alcance, reichweite, copertura",
    "reactions": "likes, reactions, favorites, j'aime, mentions j'aime, me gusta, reacciones, curtidas, reacoes, "
                 "gefallt mir, gefallt mir angaben, reaktionen, mi piace, reazioni",
    "comments": "comments, replies, commentaires, reponses, comentarios, respuestas, respostas, kommentare, "
                "antworten, commenti, risposte",
    "shares": "shares, reposts, retweets, partages, republications, compartidos, veces compartido, "
              "compartilhamentos, partilhas, geteilte inhalte, geteilt, condivisioni",
    "saves": "saves, saved, bookmarks, enregistrements, sauvegardes, signets, guardados, salvamentos, salvos, "
             "gespeichert, speicherungen, salvataggi",
    "clicks": "clicks, clics, cliques, klicks, clic, total clicks",
    "link_clicks": "link clicks, url clicks, website clicks, clics sur le lien, clics sur un lien, clics lien, "
                   "clics en el enlace, cliques no link, linkklicks, link klicks, clic sul link, clics sur les liens",
    "profile_visits": "profile visits, profile views, page visits, visites du profil, visites de profil, "
                      "visites de la page, visitas al perfil, visitas ao perfil, profilaufrufe, visite al profilo",
    "follows": "follows, new followers, new follows, followers gained, followers gagnes, nouveaux abonnes, "
               "abonnes gagnes, nouveaux followers, nuevos seguidores, novos seguidores, neue follower, "
               "nuovi follower, seguidores ganados",
    "video_views": "video views, video plays, plays, vues de la video, vues video, lectures, lectures video, "
                   "reproducciones, reproducoes, videoaufrufe, visualizzazioni del video",
    "watch_seconds": "watch time (seconds), seconds viewed, secondes regardees",
    "engagements": "engagements, engagement, total engagements, interactions, total interactions, interacciones, "
                   "interacoes, interaktionen, interazioni, engajamento, engajamentos",
}  # fmt: skip
_PUBLISHED = (
    "published, publish date, publish time, publication date, date published, published at, posted, posted at, "
    "post date, sent at, sent, created, created at, created date, date de publication, publie le, mise en ligne, "
    "date de mise en ligne, date du post, fecha de publicacion, publicado, data de publicacao, data do post, "
    "veroffentlicht, veroffentlicht am, veroffentlichungsdatum, data di pubblicazione, pubblicato il"
)
_FOLLOWERS = (
    "followers, total followers, follower count, fans, page likes, page fans, subscribers, total subscribers, abonnes, "
    "nombre d'abonnes, abonnes total, total abonnes, fans de la page, seguidores, total de seguidores, suscriptores, "
    "inscritos, follower, abonnenten, gesamtzahl follower, iscritti, follower totali"
)

# The words of each meaning. They win over the headers of the formats, where the same word means something narrower.
WORDS: Mapping[str, Mapping[str, str]] = {
    "posts": {
        **_SAME,
        DAY: f"{_SAME[DAY]}, {_PUBLISHED}",
        "post_id": "post id, id, message id, media id, tweet id, video id, identifiant, identifiant de la publication, "
                   "id du post, id de la publicacion, id do post, beitrags id, id del post",
        "text": "text, post, message, caption, content, title, post text, description, tweet, texte, legende, contenu, "
                "sujet, titre, publication, texte du post, message du post, texto, mensaje, leyenda, contenido, "
                "publicacion, mensagem, legenda, conteudo, beitrag, nachricht, inhalt, testo, messaggio, didascalia, "
                "contenuto",
        "kind": "type, post type, content type, media type, format, type de publication, type de contenu, "
                "type de post, tipo, tipo de publicacion, tipo de contenido, formato, tipo de post, beitragstyp, typ, "
                "art, tipo di contenuto, tipo di post",
        "campaign": "campaign, campaign name, tag, tags, campagne, nom de la campagne, campana, campanha, kampagne, "
                    "campagna",
        OTHERS: _FOLLOWERS,
    },
    "account_days": {
        **_SAME,
        "followers": _FOLLOWERS,
        "unfollows": "unfollows, followers lost, lost followers, unsubscribes, desabonnements, abonnes perdus, "
                     "followers perdus, seguidores perdidos, deixaram de seguir, verlorene follower, follower persi",
        "net_follows": "net follows, net followers, net new followers, net follower growth, follower growth, "
                       "net audience growth, evolution des abonnes, abonnes nets, seguidores netos, "
                       "crecimiento de seguidores, crescimento de seguidores, followerwachstum",
        "posts": "posts, published posts, posts published, tweets, publications, posts publies, nombre de posts, "
                 "nombre de publications, publicaciones, publicacoes, beitrage, post pubblicati",
        "visitors": "visitors, unique visitors, visiteurs, visitantes, besucher, visitatori",
        "mentions": "mentions, menciones, mencoes, erwahnungen, menzioni",
        "engagements": "engagements, engagement, total engagements, engajamento, engajamentos",
        "interactions": "interactions, total interactions, interacciones, interacoes, interaktionen, interazioni",
    },
    "web": {
        DAY: _SAME[DAY],
        "users": "users, active users, visitors, unique visitors, unique users, utilisateurs, utilisateurs actifs, "
                 "visiteurs, visiteurs uniques, usuarios, visitantes, nutzer, besucher, utenti, visitatori",
        "new_users": "new users, new visitors, nouveaux utilisateurs, nouveaux visiteurs, nuevos usuarios, "
                     "novos usuarios, neue nutzer, nuovi utenti",
        "sessions": "sessions, visits, visites, sesiones, visitas, sessoes, sitzungen, besuche, sessioni, visite",
        "views": "views, page views, pageviews, pages vues, vues, paginas vistas, visualizacoes de pagina, "
                 "seitenaufrufe, visualizzazioni di pagina, vues de page",
        "events": "events, event count, evenements, nombre d'evenements, eventos, ereignisse, eventi",
        "key_events": "key events, conversions, evenements cles, conversiones, conversoes, conversioni, objectifs",
        "revenue": "revenue, total revenue, revenu, chiffre d'affaires, ingresos, receita, umsatz, ricavi",
    },
}  # fmt: skip
ONLY_OF_SITES = frozenset({"users", "total_users", "new_users", "returning_users", "sessions", "engaged_sessions"})

_NETWORK_WORDS = {
    "x": "x, twitter", "facebook": "facebook, fb", "instagram": "instagram, ig, insta", "linkedin": "linkedin",
    "youtube": "youtube, yt", "tiktok": "tiktok, tik tok", "pinterest": "pinterest", "threads": "threads",
    "mastodon": "mastodon", "bluesky": "bluesky", "discord": "discord",
    "facebook_groups": "facebook group, facebook groups, groupe facebook, groupes facebook",
}  # fmt: skip
_NETWORK_OF = {word: network for network, words in _NETWORK_WORDS.items() for word in words.split(", ")}

# What people call the kinds of posts, singular and plural, in the six languages.
_KIND_WORDS = {
    "photo": "photo image picture pic imagen foto bild immagine", "reel": "reel", "story": "story stories historia",
    "video": "video", "carousel": "carousel carrousel carrusel carrossel karussell carosello album", "short": "short",
    "link": "link lien enlace article", "text": "text texte texto testo status tweet", "poll": "poll sondage encuesta",
    "live": "live direct", "document": "document documento dokument pdf", "reply": "reply reponse respuesta resposta",
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}

# Shares and averages: they cannot be added, and Vigie works them out itself.
RATE = re.compile(
    r"%|\b(rate|ratio|ctr|average|avg|percent\w*|taux|moyen\w*|moy|pourcentage|tasa|promedio|porcentaje|taxa|quote|"
    r"durchschnitt\w*|schnitt|prozent|tasso|media di|media del)\b"
)
PRIVATE = re.compile(
    r"\b(e[ -]?mail|mails?|courriel|correo|telephone|phone|tel|mobile|telefono|telefone|telefon|birth\w*|naissance|"
    r"first name|last name|prenom|nom de famille|apellidos?|nachname|vorname|cognome)\b"
)
LONG_WORD = 5  # letters; a shorter one begins other words too
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}")


def words(text: str) -> str:
    """A header as it is compared here: its words, without marks."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*|%", normalise(text)))


@lru_cache(maxsize=5_000)
def network_of(text: str) -> str:
    """The one network that a text names, "" where it names none or several."""
    said = words(text)
    if said in _NETWORK_OF:
        return _NETWORK_OF[said]
    found = {network for word in said.split() for known, network in _NETWORK_OF.items() if _begins(word, known)}
    return found.pop() if len(found) == 1 else ""


def _begins(word: str, known: str) -> bool:
    """Whether a word is a network's, or begins with it as FACEBOOKPAGE does."""
    return word == known or (len(known) > LONG_WORD and word.startswith(known))


def kind_of(printed: str) -> str:
    """The kind of a post by the word that the table has for it."""
    for word in words(printed).split():
        if kind := _KIND_OF.get(word) or _KIND_OF.get(word.removesuffix("s")):
            return kind
    return "other"


def is_figure(meaning: str, table: str) -> bool:
    """Whether a column of this meaning holds numbers of the ledger."""
    return meaning in TABLES[table] and meaning not in LABELS


def as_text(cell: Any) -> str:
    """A cell as it is shown."""
    return TEXT.parse(cell, False)
