"""What the columns of tables in no known format seem to be: tools of scheduling, and spreadsheets made at home."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_help import csv_text, workbook

from connectors.meanings import ASIDE, OTHERS, kind_of, network_of
from connectors.proposal import Proposal
from connectors.reading import all_connectors, describe, examine
from connectors.sheet import open_book
from connectors.vocabulary import vocabulary, ways
from data.model import UserError

TABLES = Path(__file__).parents[1] / "tables"
POSTS_EN = {"Impressions": "impressions", "Reach": "reach", "Comments": "comments", "Shares": "shares"}

# What is proposed for each table: the kind of row, the network, where the headers stand, the meanings.
EXPECTED = {
    "hootsuite.csv": ("posts", "", 4, {
        "Date (GMT)": "day", "Post Message": "text", "Social Network": "network", "Post Permalink": "link",
        "Post Type": "kind", "Post Impressions": "impressions", "Post Reach": "reach", "Post Likes": "reactions",
        "Post Comments": "comments", "Post Shares": "shares", "Post Link Clicks": "link_clicks",
    }),
    "buffer.csv": ("posts", "", 1, {
        "Date": "day", "Service": "network", "Text": "text", "Link": "link", "Type": "kind",
        "Impressions": "impressions", "Reach": "reach", "Reactions": "reactions", "Comments": "comments",
        "Reposts": "shares", "Engagement Rate": ASIDE, "Clicks": "clicks",
    }),
    "metricool_instagram.csv": ("posts", "instagram", 1, {
        "Date": "day", "Type": "kind", "Content": "text", "Link": "link", **POSTS_EN, "Likes": "reactions",
        "Saves": "saves", "Interactions": "engagements", "Engagement": ASIDE,
    }),
    "sprout.csv": ("posts", "", 1, {
        "Date": "day", "Post ID": "post_id", "Network": "network", "Post Type": ASIDE, "Content Type": "kind",
        "Profile": "account", "Sent by": ASIDE, "Post": "text", "Permalink": "link", **POSTS_EN,
        "Engagement Rate (per Impression)": ASIDE, "Engagements": "engagements", "Reactions": "reactions",
        "Saves": "saves", "Video Views": "video_views", "Post Link Clicks": "link_clicks", "Tags": "campaign",
    }),
    "suivi.csv": ("account_days", "", 3, {
        "Date": "day", "Réseau": "network", "Nb d’abonnés": "followers", "Nouveaux abonnés": "follows",
        "Nb de vues": "views", "Portée": "reach", "Remarque": ASIDE,
    }),
    "publications.csv": ("posts", "facebook", 1, {
        "Jour": "day", "Titre du post": "text", "Lien": "link", "Format": "kind", "J’aime": "reactions",
        "Commentaires": "comments", "Partages": "shares", "Taux d’engagement": ASIDE,
    }),
    "visitas.csv": ("web", "", 1, {
        "Fecha": "day", "Visitas": "sessions", "Usuarios": "users", "Páginas vistas": "views", "Tasa de rebote": ASIDE,
    }),
    "seguidores.csv": ("account_days", "", 1, {
        "Dia": "day", "Plataforma": "network", "Seguidores": "followers", "Novos seguidores": "follows",
        "Seguidores perdidos": "unfollows", "Alcance": "reach", "Curtidas": "reactions",
    }),
    "beitraege.csv": ("posts", "", 1, {
        "Veröffentlicht am": "day", "Plattform": "network", "Beitrag": "text", "Link": "link",
        "Impressionen": "impressions", "Reichweite": "reach", "Gefällt mir": "reactions", "Kommentare": "comments",
        "Geteilt": "shares", "Interaktionsrate": ASIDE,
    }),
    "crescita.csv": ("account_days", "", 1, {
        "Data": "day", "Follower": "followers", "Nuovi follower": "follows", "Impressioni": "impressions",
        "Mi piace": "reactions", "Commenti": "comments", "Condivisioni": "shares",
        "Visite al profilo": "profile_visits",
    }),
}  # fmt: skip


def proposed(rows: list[list[object]], name: str = "table.csv") -> Proposal:
    return describe(name, csv_text(rows).encode())


def means(proposal: Proposal) -> dict[str, str]:
    return {column.header: column.means for column in proposal.mapping.columns}


def refusal(rows: list[list[object]]) -> str:
    with pytest.raises(UserError) as error:
        proposed(rows)
    return str(error.value)


def test_every_table_has_what_is_expected_of_it() -> None:
    assert {path.name for path in TABLES.iterdir()} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_columns_of_a_table_are_proposed_by_headers_and_values(name: str) -> None:
    mapping = describe(name, (TABLES / name).read_bytes()).mapping
    table, network, row, columns = EXPECTED[name]
    assert {column.header: column.means for column in mapping.columns} == columns
    assert (mapping.says, mapping.network, mapping.header_row) == (table, network, row)


@pytest.mark.parametrize("name", EXPECTED)
def test_no_format_claims_a_table_of_another_make(name: str) -> None:
    book = open_book(name, (TABLES / name).read_bytes())
    assert not [connector.key for connector in all_connectors() if connector.found_in(book)]
    with pytest.raises(UserError, match="in no format that Vigie knows"):
        examine(name, (TABLES / name).read_bytes())


def test_a_table_is_named_after_its_file_without_dates_and_endings() -> None:
    days = [["Date", "Fans"], ["2026-01-05", 3], ["2026-01-06", 4]]
    assert proposed(days, "suivi_facebook-2026-01.csv").mapping.name == "Suivi facebook"
    assert proposed(days, "2026-01.csv").mapping.name == "Table"


def test_a_column_without_a_known_header_is_known_by_its_values() -> None:
    found = proposed([
        ["Quand", "Où", "Vers", "Quoi", "Score", "Nom"],
        ["05/01/2026", "Insta", "https://www.instagram.com/p/a", "Une belle lampe pour l'hiver, enfin", 7, "Zoé"],
        ["16/01/2026", "FB", "https://www.facebook.com/b", "Encore une lampe, mais plus grande", 9, "Paul"],
    ])  # fmt: skip
    assert means(found) == {
        "Quand": "day", "Où": "network", "Vers": "link", "Quoi": "text", "Score": OTHERS, "Nom": ASIDE,
    }  # fmt: skip


def test_a_column_without_a_header_can_be_the_days() -> None:
    found = proposed([["", "Abonnés"], ["2026-01-05", 10], ["2026-01-06", 12]])
    assert [column.means for column in found.mapping.columns] == ["day", "followers"]


def test_a_header_does_not_make_dates_of_numbers_nor_numbers_of_text() -> None:
    found = proposed([["Date", "Jour", "Likes", "J'aime"], [1, "2026-01-05", "many", 3], [2, "2026-01-06", "few", 4]])
    assert means(found) == {"Date": OTHERS, "Jour": "day", "Likes": ASIDE, "J'aime": "reactions"}


def test_two_columns_never_get_one_meaning() -> None:
    found = proposed([["Date", "Likes", "Reactions", "Likes"], ["2026-01-05", 1, 2, 3], ["2026-01-06", 1, 2, 3]])
    assert [column.means for column in found.mapping.columns] == ["day", "reactions", OTHERS, OTHERS]


def test_of_two_headers_the_plainer_one_wins() -> None:
    found = proposed([["Date", "Nombre total de vues", "Vues"], ["2026-01-05", 5, 6], ["2026-01-06", 7, 8]])
    assert means(found)["Vues"] == "views"


@pytest.mark.parametrize("header", ["Total followers", "Abonnés", "Nombre d'abonnés", "Seguidores", "Fans de la page"])
def test_followers_are_a_level_whatever_the_networks_call_their_gains(header: str) -> None:
    assert means(proposed([["Date", header], ["2026-01-05", 5], ["2026-01-06", 6]]))[header] == "followers"


@pytest.mark.parametrize(
    "header", ["Engagement rate", "CTR", "Taux de clics", "Average reach", "Moyenne", "Tasso di interazione", "% vues"]
)
def test_rates_and_averages_are_left_out(header: str) -> None:
    found = proposed([["Date", "Likes", header], ["2026-01-05", 5, 12], ["2026-01-06", 6, 14]])
    assert means(found)[header] == ASIDE


def test_the_headers_of_all_formats_are_words_of_the_vocabulary() -> None:
    words = vocabulary("posts", all_connectors())
    assert words["seconds viewed"] == "watch_seconds" and words["salvamentos"] == "saves"
    assert words["texto do post"] == "text", "a header of X"
    assert vocabulary("web", all_connectors())["utilisateurs actifs"] == "users"


def test_a_header_is_known_without_its_brackets_and_frills() -> None:
    assert ways("Nb d’abonnés Facebook (total)") == ["nb d'abonnes facebook total", "nb d'abonnes facebook", "abonnes"]


def test_the_table_of_a_workbook_is_found_under_its_title_and_beside_other_sheets() -> None:
    rows = [["Planning 2026"], [], ["Jour", "Réseau", "Abonnés"], ["2026-01-05", "Facebook", 5]]
    found = describe("suivi.xlsx", workbook(("Lisez-moi", [["Bonjour"], ["à tous"]]), ("Suivi", rows)))
    assert (found.mapping.header_row, found.sheets) == (3, ("Lisez-moi", "Suivi"))
    assert means(found) == {"Jour": "day", "Réseau": "network", "Abonnés": "followers"}


def test_a_mapping_described_before_is_applied_and_what_is_new_is_proposed() -> None:
    rows = [["Jour", "Fans", "Notes"], ["2026-01-05", 5, 1], ["2026-01-06", 6, 1]]
    kept = proposed(rows).mapping
    wider = [[*row, more] for row, more in zip(rows, ["Clics", 7, 8], strict=True)]
    again = describe("b.csv", csv_text([["Titre"], *wider]).encode(), kept.toml())
    assert means(again) == {**means(proposed(rows)), "Clics": "clicks"}
    assert (again.mapping.name, again.mapping.header_row) == (kept.name, 2)


def test_what_is_chosen_is_kept_when_the_columns_are_proposed_anew() -> None:
    rows = [["Jour", "Visites", "Pages vues"], ["2026-01-05", 5, 9], ["2026-01-06", 6, 8]]
    chosen = 'name = "Site"\nsays = "web"\nheader_row = 1\n'
    assert means(describe("a.csv", csv_text(rows).encode(), chosen)) == {
        "Jour": "day", "Visites": "sessions", "Pages vues": "views",
    }  # fmt: skip


def test_accounts_are_left_aside_where_nothing_tells_their_network() -> None:
    rows = [["Jour", "Compte", "Fans"], ["2026-01-05", "lumen", 5], ["2026-01-06", "lumen", 6]]
    assert means(proposed(rows))["Compte"] == ASIDE
    assert means(proposed(rows, "facebook.csv"))["Compte"] == "account"


def test_a_list_of_people_is_refused() -> None:
    told = refusal(
        [["Contact", "Since", "Opens"], ["zoe@lumen.example", "2026-01-05", 3], ["bo@a.example", "2026-01-06", 1]]
    )
    assert "is a list of people: its column “Contact” holds e-mail addresses" in told


def test_the_address_of_who_posted_is_left_out_and_that_is_said() -> None:
    proposal = describe("sprout.csv", (TABLES / "sprout.csv").read_bytes())
    assert [str(remark) for remark in proposal.remarks] == ["“Sent by” holds e-mail addresses and is left out."]
    assert next(look.examples for look in proposal.looks if look.header == "Sent by") == ("…@…",)


def test_telephone_numbers_are_no_figures() -> None:
    found = proposed([["Date", "Likes", "Téléphone"], ["2026-01-05", 5, 612345678], ["2026-01-06", 6, 612345679]])
    assert means(found)["Téléphone"] == ASIDE


def test_a_table_with_neither_days_nor_posts_is_refused() -> None:
    assert "none holds days, or the ids or links of posts" in refusal([["Name", "Likes"], ["a", 3], ["b", 4]])


def test_a_file_without_rows_under_a_header_is_refused() -> None:
    assert "holds no table" in refusal([["Only a title"], [], ["and a line"]])


@pytest.mark.parametrize(
    ("text", "network"),
    [("FB", "facebook"), ("FACEBOOKPAGE", "facebook"), ("X (Twitter)", "x"), ("LinkedIn Page", "linkedin"),
     ("instagrambusiness", "instagram"), ("Groupe Facebook", "facebook_groups"), ("Facebook, Instagram", ""),
     ("Total", ""), ("experience", "")],
)  # fmt: skip
def test_a_network_is_known_by_the_words_for_it(text: str, network: str) -> None:
    assert network_of(text) == network


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Photo", "photo"), ("IMAGES", "photo"), ("Vidéo", "video"), ("Instagram Reel", "reel"), ("Stories", "story"),
     ("Carrousel", "carousel"), ("Sondage", "poll"), ("Humeur", "other")],
)  # fmt: skip
def test_a_kind_of_post_is_known_by_the_words_for_it(text: str, kind: str) -> None:
    assert kind_of(text) == kind
