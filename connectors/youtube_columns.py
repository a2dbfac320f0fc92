"""The columns of YouTube Studio's tables and charts, in every language they are known in.

In 2026 impressions became thumbnail impressions, and counted the same.
"""

from __future__ import annotations

import re
from typing import Any

from connectors.base import Column
from connectors.cells import DECIMAL, ID, TEXT, Kind, Unreadable, normalise
from connectors.dates import DATE
from data.model import says

VIDEO_ID = re.compile(r"[\w-]{11}", re.ASCII)


def _video(cell: Any, comma: bool) -> str:
    text: str = ID.parse(cell, comma)
    if not VIDEO_ID.fullmatch(text):
        raise Unreadable(says("the id of a video, of eleven letters and figures"))
    return text


# fmt: off
DAYS = ("Date", "Datum", "Data", "Fecha")
VIDEOS = ("Content", "Video", "Videos", "Contenu", "Conteúdo", "Contenido")
DIMENSIONS = {
    "video": VIDEOS,
    "country": ("Geography", "Zone géographique", "Geografie", "Geografia"),
    "city": ("City name", "Nome da cidade"),
    "age": ("Viewer age", "Âge du spectateur", "Idade do espectador"),
    "gender": ("Viewer gender", "Sexe du spectateur", "Gênero do espectador"),
    "traffic source": ("Traffic source", "Source de trafic", "Origem do tráfego"),
    "device": ("Device type", "Type d'appareil"),
    "system": ("Operating system", "Système d'exploitation"),
    "subscription": ("Subscription status", "Statut de l'abonnement"),
    "content type": ("Content type", "Type de contenu"),
}
DIMENSION_OF = {normalise(header): key for key, headers in DIMENSIONS.items() for header in headers}

DAY = Column("day", DAYS, DATE, required=True, aside=True)
MEMBER = Column("member", tuple(h for headers in DIMENSIONS.values() for h in headers), ID, required=True)
VIEWS = Column("views", ("Views", "Vues", "Aufrufe", "Visualizações", "Vistas"))
HOURS = Column("hours", ("Watch time (hours)", "Durée de visionnage (heures)", "Wiedergabezeit (Stunden)",
                         "Tempo de exibição (horas)", "Tiempo de visualización (horas)"), DECIMAL, aside=True)
PERCENT = Column("percent", ("Views (%)", "Vues (%)", "Aufrufe (%)", "Visualizações (%)"), DECIMAL, aside=True)
COUNTS = (
    VIEWS,
    HOURS,
    Column("impressions", ("Impressions", "Impressionen", "Impressões", "Impresiones", "Thumbnail impressions",
                           "Thumbnail-Impressionen", "Impressões de miniaturas", "Impressions de miniatures")),
    Column("reactions", ("Likes", "J'aime", '"Mag ich"-Bewertungen')),
    Column("shares", ("Shares", "Partages", "Geteilte Inhalte")),
    Column("comments", ("Comments added", "Commentaires ajoutés", "Kommentare hinzugefügt")),
    Column("follows", ("Subscribers gained", "Nouveaux abonnés", "Abonnés gagnés")),
)
POST = (
    Column("post_id", VIDEOS, Kind("video", _video), required=True),
    Column("text", ("Video title", "Titre de la vidéo", "Videotitel", "Título do vídeo", "Título del video"), TEXT),
    Column("published", ("Video publish time", "Heure de publication de la vidéo",
                         "Veröffentlichungszeitpunkt des Videos", "Horário de publicação do vídeo",
                         "Hora de publicación del video"), DATE, aside=True),
    *COUNTS,
)
CHANNEL = (
    DAY,
    *COUNTS,
    Column("net_follows", ("Subscribers", "Abonnés", "Abonnenten", "Inscritos", "Suscriptores")),
    Column("unfollows", ("Subscribers lost", "Abonnés perdus")),
)
# What a file of days may hold besides, and still be YouTube's for sure.
BESIDE = {
    normalise(header)
    for header in (
        "Impressions click-through rate (%)", "Taux de clics par impression (%)",
        "Klickrate der Impressionen (%)", "Taxa de cliques de impressões (%)",
        "Thumbnail click-through rate (%)", "Thumbnail-Klickrate (%)", "Taxa de cliques na miniatura (%)",
        "Average view duration", "Durée moyenne de visionnage", "Durée moyenne d'une vue",
        "Duração média da visualização",
        "Average percentage viewed (%)", "Pourcentage moyen regardé (%)", "Pourcentage moyen de vidéo regardé (%)",
        "Porcentagem visualizada média (%)",
        "Unique viewers", "Spectateurs uniques", "Espectadores únicos",
        "Engaged views", "Vues engagées", "Vues intentionnelles", "Visualizações intencionais",
        "Stayed to watch (%)", "Ont continué de regarder (%)", "Continuaram assistindo (%)", "Dislikes",
    )
}
# fmt: on
