"""X by day: views that are not measured, follows that are not the account's."""

from __future__ import annotations

from datetime import date

from reading_help import csv_text, read_file

from connectors.reading import examine
from data.model import Account, Answers

HEADER = ["Date", "Impressions", "Likes", "Engagements", "New follows", "Unfollows", "Replies", "Reposts"]
HEADER += ["Create Post", "Video views", "Media views"]
ME = Answers("x:maison_lumen")


def overview(*views: tuple[object, object]) -> str:
    rows = [[f"Mon, Aug {17 - i}, 2026", 100, 5, 9, 2, 1, 0, 3, 1, *pair] for i, pair in enumerate(views)]
    return csv_text([HEADER, *rows])


def test_views_that_are_0_on_every_line_are_not_stated() -> None:
    read = read_file("account_overview_analytics.csv", overview((0, 0), (0, 0)), ME)
    assert read.column("video_views") == [None, None]
    assert not any("Media views" in statement.others for statement in read.statements)


def test_one_day_with_views_makes_the_0_of_the_others_a_figure() -> None:
    read = read_file("account_overview_analytics.csv", overview((12, 0), (0, 0)), ME)
    assert read.column("video_views") == [12, 0]
    assert not any("Media views" in statement.others for statement in read.statements)


def test_an_overview_with_headers_that_are_not_known_keeps_their_numbers_under_them() -> None:
    header = ["Date", "Impressions", "J'aime", "Engagements", "Réponses", "Reposts", "Désabonnements"]
    rows = [header, ["Mon, Aug 17, 2026", 100, 5, 9, 1, 3, 4]]
    (statement,) = read_file("apercu.csv", csv_text(rows), ME).statements
    assert (statement.values["reactions"], statement.values["comments"]) == (5, 1)
    assert statement.others == {"Désabonnements": 4.0}


def test_an_overview_names_no_account_so_it_is_asked() -> None:
    (question,) = examine("account_overview_analytics.csv", overview((0, 0)).encode()).questions
    assert (question.about, question.networks, question.each) == ("account", ("x",), False)


def test_the_same_handle_in_another_case_is_the_same_account() -> None:
    read = read_file("account_overview_analytics.csv", overview((0, 0)), Answers("x:@Maison_Lumen"))
    assert read.examined.export.accounts == (Account("x", "maison_lumen", "Maison_Lumen"),)
    assert read.column("account") == ["x:maison_lumen"]


def test_follows_from_posts_are_not_the_accounts_new_followers() -> None:
    header = ["Date", "Tweets published", "impressions", "engagements", "user profile clicks", "follows"]
    rows = [header, ["2022-02-01", 1, 10, 2, 1, 4], ["2022-02-28", 0, 10, 2, 1, 0]]
    name = "daily_tweet_activity_metrics_Maison_Lumen_20220201_20220301_en.csv"
    read = read_file(name, csv_text(rows))
    assert read.column("follows") == [None, None]
    assert [statement.others["follows"] for statement in read.statements] == [4.0, 0.0]
    assert read.examined.export.accounts == (Account("x", "maison_lumen", "Maison_Lumen"),)
    assert read.column("day") == [date(2022, 2, 1), date(2022, 2, 28)]


def test_a_cell_that_is_no_number_is_a_problem_and_the_rest_of_its_day_is_kept() -> None:
    content = overview((1, 1), (1, 1)).replace('Aug 16, 2026",100,5', 'Aug 16, 2026",100,many')
    read = read_file("account_overview_analytics.csv", content, ME)
    (problem,) = read.problems
    assert (problem.row, problem.column, problem.found) == (3, "Likes", "many")
    assert str(problem.expected) == "a number"
    assert read.column("reactions") == [5, None]
    assert read.column("impressions") == [100, 100]


def test_an_overview_is_read_in_portuguese() -> None:
    header = ["Data", "Impressões", "Curtidas", "Engajamentos", "Itens salvos", "Compartilhamentos"]
    header += ["Novos seguidores", "Deixar de seguir", "Respostas", "Reposts", "Visitas ao perfil", "Criar post"]
    header += ["Visualizações de vídeo", "Visualizações de mídia"]
    rows = [header, ["Tue, Sep 29, 2026", *range(10, 21), 0, 0], ["Mon, Sep 28, 2026", *range(30, 41), 0, 0]]
    read = read_file("account_overview_analytics (2).csv", csv_text(rows), ME)
    keys = ("impressions", "reactions", "engagements", "saves", "follows", "unfollows", "comments", "shares")
    assert [read.statements[0].values[key] for key in keys] == [10, 11, 12, 13, 15, 16, 17, 18]
    assert [read.statements[1].values[key] for key in ("profile_visits", "posts")] == [39, 40]
    assert read.statements[0].others == {"Compartilhamentos": 14.0}
    assert read.column("video_views") == [None, None]
