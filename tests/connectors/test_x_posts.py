"""X posts: ids that hold the time, permalinks that name the account, headers nobody has written down."""

from __future__ import annotations

from datetime import date, datetime

from reading_help import csv_text, read_file

from connectors.sheet import open_book
from connectors.x_posts import CONNECTOR, published_at
from data.model import Account, Answers

ASKED = Answers(as_of=datetime(2026, 8, 20))
LINK = "https://x.com/Maison_Lumen/status/2090204682122166349"
NEW = ["Post id", "Date", "Post text", "Link", "Impressions", "Likes", "Engagements", "Replies", "Reposts"]
ROW = ["2090204682122166349", "Thu, Aug 20, 2026", "Bonjour", LINK, 10, 1, 3, 0, 0]


def test_the_id_of_a_post_says_when_it_was_published() -> None:
    # 20 March 2006 is before ids held a time; 2089965585822646349 was made for 2026-08-19 06:40:00 UTC
    assert published_at("2089965585822646349", None) == datetime(2026, 8, 19, 6, 40)
    assert published_at("20", datetime(2006, 3, 21, 20, 50)) == datetime(2006, 3, 21, 20, 50)
    assert published_at("9" * 40, None) is None


def test_the_day_of_a_post_is_the_local_day_of_its_id_not_the_printed_one() -> None:
    read = read_file("a.csv", csv_text([NEW, [*ROW[:1], "Wed, Aug 19, 2026", *ROW[2:]]]), ASKED)
    assert read.column("published_at") == [datetime(2026, 8, 19, 22, 30, 5)]
    assert read.column("day") == [date(2026, 8, 20)]


def test_the_account_is_the_one_the_links_name_most() -> None:
    other = LINK.replace("Maison_Lumen", "Ormeau")
    third = ["2090204682122166350", *ROW[1:3], f"{LINK[:-1]}50", *ROW[4:]]
    rows = [NEW, ROW, [*ROW[:3], other, *ROW[4:]], third]
    read = read_file("a.csv", csv_text(rows), ASKED)
    assert read.examined.export.accounts == (
        Account("x", "maison_lumen", "Maison_Lumen"),
        Account("x", "ormeau", "Ormeau"),
    )
    assert read.column("account") == ["x:maison_lumen", "x:ormeau", "x:maison_lumen"]


def test_a_link_without_a_handle_leaves_the_post_to_the_account_of_the_file() -> None:
    rows = [NEW, [*ROW[:3], LINK.replace("Maison_Lumen", "i"), *ROW[4:]]]
    read = read_file("a.csv", csv_text(rows), Answers("x:Lumen", datetime(2026, 8, 20)))
    assert read.column("account") == ["x:lumen"]


def test_an_old_file_whose_headers_are_not_known_is_known_by_its_permalinks() -> None:
    header = ["?", "??", "???", "heure", "impressions", "engagements", "taux d'engagement", "Retweets"]
    header += ["réponses", "J'aime", "clics sur le profil de l'utilisateur", "clics sur l'URL"]
    row = ["1498080504837046349", LINK.replace("2090204682122166349", "1498080504837046349")]
    row += [
        "Dernier jour",
        "2022-02-27 23:40 +0000",
        "120.0",
        "9.0",
        "0.075",
        "1.0",
        "2.0",
        "3.0",
        "4.0",
        "5.0",
    ]
    read = read_file("tweet_activity_metrics.csv", csv_text([header, row]), ASKED)
    (statement,) = read.statements
    assert statement.values["post_id"] == "1498080504837046349"
    assert statement.values["text"] == "Dernier jour"
    assert [statement.values[k] for k in ("shares", "comments", "reactions", "link_clicks")] == [1, 2, 3, 5]
    assert not [name for name in statement.others if "taux" in name]


def test_a_table_of_figures_without_posts_is_not_claimed() -> None:
    rows = [[h for h in NEW if h not in ("Post id", "Link")], [1] * 7]
    assert CONNECTOR.found_in(open_book("a.csv", csv_text(rows).encode())) == []


def test_an_id_that_a_spreadsheet_rounded_is_told_and_the_link_names_the_post() -> None:
    read = read_file("a.csv", csv_text([NEW, ["2,09E+18", *ROW[1:]]]), ASKED)
    assert [(p.row, p.column, p.found) for p in read.problems] == [(2, "Post id", "2,09E+18")]
    assert read.column("post_id") == ["2090204682122166349"]


def test_a_row_that_names_no_post_is_a_problem() -> None:
    read = read_file("a.csv", csv_text([NEW, ROW, ["", *ROW[1:3], "", *ROW[4:]]]), ASKED)
    assert len(read.statements) == 1
    assert [(p.row, str(p.expected)) for p in read.problems] == [(3, "the id or the link of a post")]


def test_a_post_without_a_stated_text_has_no_kind() -> None:
    read = read_file("a.csv", csv_text([NEW, [*ROW[:2], "", *ROW[3:]]]), ASKED)
    assert (read.column("text"), read.column("kind")) == ([None], [None])


def test_the_new_file_is_read_in_french_and_what_is_not_known_stays_under_its_header() -> None:
    header = ["Identifiant", "Date", "Texte du post", "Lien du post", "Impressions", "J'aime", "Engagements"]
    header += ["Favoris", "Réponses", "Reposts", "Clics sur l'URL"]
    row = [ROW[0], ROW[1], "Bonjour", LINK, 10, 1, 3, 2, 0, 4, 5]
    (statement,) = read_file("account_analytics_content.csv", csv_text([header, row]), ASKED).statements
    told = [statement.values[key] for key in ("impressions", "reactions", "engagements", "comments", "shares")]
    assert (told, statement.values["post_id"]) == ([10, 1, 3, 0, 4], "2090204682122166349")
    assert (statement.values["link_clicks"], statement.others["Favoris"]) == (5, 2.0)


def test_the_new_file_is_read_in_portuguese_and_shares_are_not_reposts() -> None:
    header = ["ID do post", "Data", "Texto do post", "Postar link", "Impressões", "Curtidas", "Engajamentos"]
    header += ["Itens salvos", "Compartilhamentos", "Novos seguidores", "Respostas", "Reposts", "Visitas ao perfil"]
    header += ["Expansões de detalhes", "Cliques de URL", "Cliques de hashtag", "Cliques de link permanente"]
    row = [ROW[0], "Mon, Aug 17, 2026", "Bom dia", LINK, *range(10, 23)]
    (statement,) = read_file("account_analytics_content.csv", csv_text([header, row]), ASKED).statements
    keys = ("impressions", "reactions", "engagements", "saves", "follows", "comments", "shares", "profile_visits")
    assert [statement.values[key] for key in keys] == [10, 11, 12, 13, 15, 16, 17, 18]
    assert statement.values["link_clicks"] == 20
    assert statement.others["Compartilhamentos"] == 14
    assert {"Expansões de detalhes", "Cliques de hashtag", "Cliques de link permanente"} < statement.others.keys()
