"""What the invented house shows, and the French its community manager writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.demo.story import Campaign

NAME = "La Bruissière"
HANDLE = "labruissiere"
SITE = "https://www.labruissiere.example"


@dataclass(frozen=True, slots=True)
class Show:
    """Something on the programme, talked about for `weeks` weeks from the `week`-th of the story."""

    title: str
    by: str
    form: str
    path: str
    week: int
    weeks: int


SHOWS = (
    Show("Les Eaux dormantes", "Mila Arsenault", "exposition", "/expositions/les-eaux-dormantes/", 0, 12),
    Show("Le Grand Ressac", "la compagnie Verso Lune", "spectacle", "/spectacles/le-grand-ressac/", 3, 6),
    Show("Petites foudres", "le Théâtre du Gravier", "jeune public", "/jeune-public/petites-foudres/", 9, 6),
    Show("Atlas des bruits", "le collectif Tympan", "exposition", "/expositions/atlas-des-bruits/", 13, 13),
    Show("Trois nuits blanches", "le quatuor Halage", "concert", "/concerts/trois-nuits-blanches/", 16, 5),
    Show("Le Bal des marées", "l'orchestre Vent d'amont", "concert", "/concerts/le-bal-des-marees/", 21, 6),
    Show("Faire feuille", "Ondine Karsen", "exposition", "/expositions/faire-feuille/", 27, 14),
    Show("La Chambre d'échos", "la compagnie du Seuil", "spectacle", "/spectacles/la-chambre-d-echos/", 30, 6),
    Show("Cartes postales sonores", "l'atelier Ondes", "atelier", "/ateliers/cartes-postales-sonores/", 36, 5),
    Show("Géométrie du sel", "Ilan Tressou", "exposition", "/expositions/geometrie-du-sel/", 43, 14),
    Show("Vertige de poche", "le cirque Tournebroche", "spectacle", "/spectacles/vertige-de-poche/", 51, 6),
    Show("Ce que la brume retient", "Noor Belaval", "exposition", "/expositions/ce-que-la-brume/", 59, 14),
    Show("Pluie pour piano", "Elio Marant", "concert", "/concerts/pluie-pour-piano/", 64, 6),
    Show(
        "L'Île aux moteurs",
        "le Théâtre du Gravier",
        "jeune public",
        "/jeune-public/l-ile-aux-moteurs/",
        72,
        7,
    ),
    Show("Machines à vent", "l'atelier Courlis", "exposition", "/expositions/machines-a-vent/", 75, 14),
    Show("La Chorale des voisins", "les gens d'Orvaine", "concert", "/concerts/chorale-des-voisins/", 82, 5),
    Show("Le Grand Ressac", "la compagnie Verso Lune", "spectacle", "/spectacles/le-grand-ressac/", 88, 6),
    Show("Tout ce qui bruisse", "Mila Arsenault", "exposition", "/expositions/tout-ce-qui-bruisse/", 91, 13),
    Show("Hiver électrique", "le trio Courant d'air", "concert", "/concerts/hiver-electrique/", 97, 7),
)

OPENINGS = (
    "On y est presque :",
    "C'est le moment de réserver :",
    "Coup de cœur de l'équipe,",
    "Vous nous l'avez demandé, le voici :",
    "Ce week-end à La Bruissière,",
    "À ne pas manquer,",
    "Ça commence bientôt :",
    "Une idée de sortie ?",
    "Retour en images sur",
    "Première répétition de",
    "Dans les coulisses de",
    "Encore quelques jours pour",
)
MIDDLES = (
    "une heure hors du bruit, à deux pas du port.",
    "des sons, des corps, et beaucoup de lumière.",
    "à voir seul, en famille ou entre amis.",
    "les premiers visiteurs en sont sortis silencieux, puis bavards.",
    "quatre ans de travail, trois tonnes de sable, un seul plateau.",
    "« on ne regarde plus la rade de la même façon », dit une visiteuse.",
    "entrée libre le premier dimanche du mois.",
    "avec une visite en langue des signes le samedi à 15 h.",
    'le fameux "mur qui chante" est enfin accordé.',
    "et le café reste ouvert après la représentation.",
)
CALLS = (
    "Réservation conseillée.",
    "Il reste des places jeudi et vendredi.",
    "Tarif réduit pour les moins de 26 ans.",
    "Tout le programme est en ligne.",
    "Avec qui viendrez-vous ?",
    "On vous attend.",
    "Dites-nous en commentaire ce que vous en pensez !",
    "À samedi ?",
)
SIGNS = ("✨", "🎶", "🌊", "🎭", "📷", "🍂", "🎟️", "👀")
EVERGREEN = (
    "La grande verrière a retrouvé sa lumière : six semaines de restauration, 412 carreaux changés un à un.",
    "Le café de La Bruissière change de carte, et la soupe du jour est à 6 €.",
    "Mercredi, c'est atelier : peinture au sel pour les 6-10 ans, linogravure pour les plus grands.",
    "Deux classes d'Orvaine ont passé la semaine en résidence chez nous. Bravo à elles !",
    "Visite du bâtiment, chaque premier dimanche : l'ancienne corderie, la tour et les toits.",
    "Nous cherchons vingt bénévoles pour accueillir le public. Un message suffit.",
    "Notre bibliothèque sonore s'agrandit : 300 enregistrements de la rade, à écouter au casque.",
    "Le saviez-vous ? Ici, jusqu'en 1961, on tressait les cordages des chalutiers.",
    "Résidence de création : trois semaines, un plateau, et personne pour presser les artistes.",
)
AT_WORK = (
    "Nous recrutons : chargé ou chargée de médiation, CDI, à Orvaine.",
    "Mécénat : douze entreprises du port soutiennent la saison. Merci à elles.",
    "Rapport d'activité : 61 400 visiteurs, 38 % de moins de 30 ans, une facture d'énergie divisée par deux.",
    "Accessibilité : ce que nous avons appris en deux ans de visites en langue des signes.",
    "Nos salles se louent : séminaires, soirées, assemblées, sous la grande verrière.",
)
UNUSUAL = {
    "tempête": "La tempête avait emporté l'enseigne : un pêcheur nous l'a rapportée ce matin. Merci à lui.",
    "héron": "Un héron s'est installé dans le hall. Il refuse de prendre un billet. Nous négocions.",
    "mille lampes": "Mille lampes allumées une à une par les enfants d'Orvaine, et le silence juste après ✨",
    "tarifs": "À partir de ce mois, l'entrée des expositions passe de 4 à 9 €.\n"
    "Nous savons que cela se discute, et nous vous devons des explications : "
    'lisez "Pourquoi nos tarifs changent" sur notre site.',
}
REPLIES = (
    "@orvaine_ville Merci ! On vous garde deux places au premier rang.",
    "@lecourrierdelarade Oui, jusqu'à 19 h le samedi &amp; le dimanche.",
    "@ports_et_scenes Avec plaisir, écrivez-nous à la billetterie.",
    "@agenda_ouest C'est complet jeudi, mais il reste vendredi.",
)


def showing(week: int) -> list[Show]:
    """What is on the programme in a week of the story."""
    return [show for show in SHOWS if show.week <= week < show.week + show.weeks]


def _one(rng: np.random.Generator, of: Sequence[str]) -> str:
    return of[int(rng.integers(len(of)))]


def compose(rng: np.random.Generator, network: str, week: int, campaign: Campaign | None) -> tuple[str, str]:
    """A post's text and the page of the site it is about."""
    shows = showing(week)
    if campaign and rng.random() < 0.5:
        festival = campaign.slug.startswith("festival")
        name = "le Festival des Lucioles" if festival else "la Carte Bruissière"
        text = f"{_one(rng, OPENINGS[:8])} {name}, {_one(rng, MIDDLES)}\n{_one(rng, CALLS)} {campaign.hashtag}"
        path = "/festival-des-lucioles/" if festival else "/carte-bruissiere/"
    elif not shows or rng.random() < 0.3:
        text = _one(rng, AT_WORK if network == "linkedin" and rng.random() < 0.6 else EVERGREEN)
        path = "/le-lieu/"
    else:
        show = shows[int(rng.integers(len(shows)))]
        text = f"{_one(rng, OPENINGS)} « {show.title} », {show.form} par {show.by} : {_one(rng, MIDDLES)}"
        text += f" {_one(rng, CALLS)}" if rng.random() < 0.6 else ""
        path = show.path
    if rng.random() < {"instagram": 0.6, "facebook": 0.35, "x": 0.2}.get(network, 0.1):
        text += f" {_one(rng, SIGNS)}"
    if network == "instagram":
        text += "\n\n#Orvaine #LaBruissière" + (" #exposition" if "exposition" in text else " #sortir")
    return text, path
