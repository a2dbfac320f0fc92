"""The page where files are dropped, loaded and taken back, driven as its user would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import connectors.reading
from connectors import typed
from data.model import Export, Origin, Statement, UserError, says
from data.store import Store, brands, create_brand, open_brand

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "exports" / "meta_results"
DAYS_HEADER = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,"
    "Profile visits,Create Post,Video views,Media views\n"
)
POSTS_HEADER = "Post id,Date,Post text,Link,Impressions,Likes,Engagements,Replies,Reposts\n"


def days(*rows: tuple[str, object]) -> bytes:
    """X, account by day: a day as it is printed, and its impressions."""
    return (DAYS_HEADER + "".join(f'"{day}",{n},1,2,0,0,0,0,0,0,0,0,0,0\n' for day, n in rows)).encode()


def post(post_id: str, handle: str = "Maison_Lumen") -> str:
    return f'{post_id},"Wed, Aug 19, 2026",Hello,https://x.com/{handle}/status/{post_id},100,5,9,1,1\n'


POSTS = (POSTS_HEADER + post("2090046116459446272")).encode()
AUGUST = days(("Tue, Aug 18, 2026", 410), ("Wed, Aug 19, 2026", 2050))
SEPTEMBER = days(("Tue, Sep 1, 2026", 300))


@pytest.fixture
def store() -> Store:
    return create_brand("Maison Lumen")


@pytest.fixture
def page(store: Store) -> AppTest:
    return sources()


def sources(brand: str = "maison-lumen", lang: str = "en") -> AppTest:
    at = AppTest.from_file(ROOT / "app.py", default_timeout=30)
    at.query_params["brand"] = brand
    at.query_params["lang"] = lang
    at.run().switch_page("pages/sources.py").run()
    assert not at.exception
    return at


def drop(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    for name, content in files:
        at.file_uploader[0].upload(name, content)
    return at.run()


def told(at: AppTest) -> str:
    """All that the page says, widgets left out."""
    kinds = ("html", "markdown", "caption", "success", "error", "warning", "info", "text")
    return "\n".join(str(getattr(e, "value", "")) for kind in kinds for e in at.get(kind))


def key_of(at: AppTest, kind: str, start: str, place: int = 0) -> str:
    keys = [str(getattr(widget, "key", "")) for widget in at.get(kind)]
    return [key for key in keys if key.startswith(start)][place]


def press(at: AppTest, start: str, place: int = 0) -> AppTest:
    return at.button(key=key_of(at, "button", start, place)).click().run()


def offered(at: AppTest, start: str) -> int:
    return sum((button.key or "").startswith(start) for button in at.button)


def name_account(at: AppTest, typed: str, place: int = 0, run: bool = True) -> None:
    """Types a name where a file asks for its account; a box that takes new options takes it as one of them."""
    box = at.selectbox(key=key_of(at, "selectbox", "ask_account_", place))
    box.options.append(typed)
    box.set_value(typed)
    if run:
        at.run()


def exported(at: AppTest, choice: str) -> AppTest:
    return at.radio(key=key_of(at, "radio", "ask_as_of")).set_value(choice).run()


def impressions(store: Store) -> list[tuple[object, ...]]:
    with store.read() as cursor:
        return cursor.execute("select account, day::varchar, impressions from account_days order by 1, 2").fetchall()


def problems(at: AppTest) -> list[tuple[object, ...]]:
    (table,) = (d.value for d in at.dataframe if "expected" in d.value)
    return list(table.itertuples(index=False, name=None))


def select(at: AppTest, row: int = 0) -> AppTest:
    at.session_state[key_of(at, "dataframe", "loaded_")] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return at.run()


def test_a_dropped_file_is_described_before_anything_is_loaded(page: AppTest, store: Store) -> None:
    drop(page, ("account_analytics_content_2026-08-01_2026-08-20.csv", POSTS))
    said = told(page)
    for words in ("X: posts", "Maison_Lumen", "19 Aug 2026", "Posts: 1", "20 Aug 2026", "none", "ready"):
        assert words in said
    assert "new account for this brand" in said
    assert store.exports() == []
    rows = next(d.value for d in page.dataframe if "impressions" in d.value)
    assert list(rows["impressions"]) == [100]


def test_loading_says_what_came_of_it_and_empties_the_tray(page: AppTest, store: Store) -> None:
    drop(page, ("account_analytics_content_2026-08-01_2026-08-20.csv", POSTS))
    press(page, "load_")
    assert [e.name for e in store.exports()] == ["account_analytics_content_2026-08-01_2026-08-20.csv"]
    assert "Rows read: 1. Problems: none." in page.success[0].value
    assert [link.label for link in page.page_link] == ["See This week"]
    assert not offered(page, "aside_")
    assert "account_analytics_content_2026-08-01_2026-08-20.csv" in page.dataframe[0].value["file"].tolist()


def test_a_file_that_names_no_account_is_loaded_once_its_user_has_named_one(page: AppTest, store: Store) -> None:
    drop(page, ("overview.csv", AUGUST))
    assert "to be answered" in told(page) and not offered(page, "load_")
    name_account(page, "@Maison_Lumen")
    assert "Days of the account: 2" in told(page)
    press(page, "load_")
    assert [account.name for account in store.accounts()] == ["Maison_Lumen"]
    assert impressions(store) == [("x:maison_lumen", "2026-08-18", 410), ("x:maison_lumen", "2026-08-19", 2050)]


def test_an_account_known_to_the_brand_is_offered(page: AppTest) -> None:
    drop(page, ("posts_2026-08-20.csv", POSTS))
    press(page, "load_")
    drop(page, ("overview.csv", AUGUST))
    key = key_of(page, "selectbox", "ask_account_x")
    assert page.selectbox(key=key).options == ["Maison_Lumen"]
    page.selectbox(key=key).select_index(0).run()
    assert offered(page, "load_") and "new account" not in told(page)


def test_one_answer_serves_all_files_that_ask_the_same(page: AppTest, store: Store) -> None:
    drop(page, ("august.csv", AUGUST), ("september.csv", SEPTEMBER))
    name_account(page, "Maison_Lumen")
    assert offered(page, "load_") == 1
    press(page, "alike_account_")
    assert offered(page, "load_all") == 1
    before = store.version()
    press(page, "load_all")
    assert len(store.exports()) == 2
    assert store.version() == (before or 0) + 1, "several files are one change"


def test_a_file_that_cannot_be_read_holds_up_no_other(page: AppTest, store: Store) -> None:
    drop(
        page,
        ("holiday.csv", b"Name,Colour\nA,red\n"),
        ("photo.bin", bytes(range(256)) * 9),
        ("p_2026-08-20.csv", POSTS),
    )
    assert [e.value.split(" ")[0] for e in page.error] == ["holiday.csv", "photo.bin"]
    press(page, "load_")
    assert [e.name for e in store.exports()] == ["p_2026-08-20.csv"]
    assert offered(page, "aside_") == 2, "what was not loaded is still there"
    press(page, "aside_")
    press(page, "aside_")
    assert not page.error and "Files that wait" not in [s.value for s in page.subheader]


def test_cells_that_cannot_be_read_are_shown_before_and_after_loading(page: AppTest) -> None:
    drop(page, ("overview.csv", days(("Tue, Aug 18, 2026", 410), ("Wed, Aug 19, 2026", "many"))))
    name_account(page, "Maison_Lumen")
    assert problems(page) == [("overview.csv", 3, "Impressions", "many", "a number")]
    press(page, "load_")
    assert "Problems: 1." in page.success[0].value
    select(page)
    assert problems(page) == [("overview.csv", 3, "Impressions", "many", "a number")]


def test_when_a_file_was_exported_is_asked_if_nothing_tells(page: AppTest, store: Store) -> None:
    drop(page, ("posts.csv", POSTS))
    assert not offered(page, "load_")
    exported(page, "last")
    press(page, "load_")
    assert [str(e.as_of) for e in store.exports()] == ["2026-08-19 00:00:00"]


def test_another_day_of_export_can_be_named(page: AppTest, store: Store) -> None:
    drop(page, ("posts.csv", POSTS))
    exported(page, "other")
    assert not offered(page, "load_")
    picker = page.date_input[0]
    assert str(picker.min) == "2026-08-19", "an export is not older than what it states"
    picker.set_value(picker.max).run()
    press(page, "load_")
    assert [e.as_of.date() for e in store.exports() if e.as_of] == [picker.max]


def test_dates_that_can_be_read_in_two_ways_are_asked_for_with_both_readings(page: AppTest, store: Store) -> None:
    drop(page, ("overview.csv", days(("01/01/2026", 10), ("02/01/2026", 20))))
    name_account(page, "Maison_Lumen")
    asked = page.radio[0]
    assert "02/01/2026" in asked.label, "the example is one that differs"
    assert asked.options == ["2 Jan 2026: the day comes first", "1 Feb 2026: the month comes first"]
    asked.set_value("dmy").run()
    press(page, "load_")
    assert [day for _, day, _ in impressions(store)] == ["2026-01-01", "2026-01-02"]


def test_a_file_of_one_of_two_networks_asks_which(page: AppTest, store: Store) -> None:
    drop(page, ("Views.csv", (SAMPLES / "Views.csv").read_bytes()))
    assert not offered(page, "load_")
    page.segmented_control(key=key_of(page, "button_group", "ask_network")).set_value("instagram").run()
    name_account(page, "maison.lumen")
    press(page, "load_")
    assert [a.key for a in store.accounts()] == ["instagram:maison.lumen"]


def test_a_file_of_two_networks_asks_for_an_account_of_each(page: AppTest, store: Store) -> None:
    drop(page, ("Follows.csv", (SAMPLES / "Follows.csv").read_bytes()))
    name_account(page, "1000", 0, run=False)
    name_account(page, "maison.lumen", 1)
    press(page, "load_")
    assert {account for account, *_ in impressions(store)} == {"facebook:1000", "instagram:maison.lumen"}


def test_a_file_that_was_loaded_before_is_recognised(page: AppTest, store: Store) -> None:
    for _ in range(2):
        drop(page, ("posts_2026-08-20.csv", POSTS))
        if offered(page, "load_"):
            press(page, "load_")
    assert "already loaded" in told(page) and len(store.exports()) == 1


def test_loading_again_mends_a_kept_copy_that_was_damaged(page: AppTest, store: Store) -> None:
    drop(page, ("posts_2026-08-20.csv", POSTS))
    press(page, "load_")
    (export,) = store.exports()
    next(path for path in store.folder.rglob(export.id) if path.is_file()).write_bytes(b"rotten")
    drop(page, ("posts_2026-08-20.csv", POSTS))
    press(page, "load_")
    assert store.content(export.id) == POSTS and not store.check()


def counting(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """What a function of connectors.reading is called with from now on."""
    calls: list[object] = []
    original: Callable[..., object] = getattr(connectors.reading, name)

    def counted(*given: object) -> object:
        calls.append(given[0])
        return original(*given)

    monkeypatch.setattr(connectors.reading, name, counted)
    return calls


def test_a_preview_reads_a_file_once_and_again_only_for_a_new_answer(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counting(monkeypatch, "examine")
    drop(page, ("posts.csv", POSTS))
    page.run()
    page.run()
    assert calls == ["posts.csv"]
    exported(page, "last")
    page.run()
    assert calls == ["posts.csv"] * 2


def test_a_fault_of_the_program_is_met_once_and_not_at_every_turn(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> object:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(connectors.reading, "examine", broken)
        drop(page, ("posts.csv", POSTS))
        assert len(page.exception) == 1
    assert not page.run().exception


def test_a_file_whose_rows_name_their_account_is_given_to_no_other(page: AppTest, store: Store) -> None:
    drop(page, ("posts_2026-08-20.csv", POSTS))
    press(page, "other_")
    name_account(page, "Somebody")
    assert "names its own account: x:maison_lumen" in page.error[0].value and not offered(page, "load_")
    name_account(page, "Maison_Lumen")
    press(page, "load_")
    assert [a.key for a in store.accounts()] == ["x:maison_lumen"]


def test_a_file_that_names_its_account_in_its_name_only_can_be_given_to_another(page: AppTest, store: Store) -> None:
    name = "daily_tweet_activity_metrics_Maison_Lumen_20260801_20260901_en.csv"
    drop(page, (name, AUGUST))
    press(page, "other_")
    name_account(page, "Lumen_Paris")
    press(page, "load_")
    assert {account for account, *_ in impressions(store)} == {"x:lumen_paris"}


def test_forgetting_a_file_takes_two_clicks_and_brings_older_values_back(page: AppTest, store: Store) -> None:
    newer = days(("Tue, Aug 18, 2026", 999), ("Thu, Aug 20, 2026", 5))
    drop(page, ("old.csv", AUGUST), ("new.csv", newer))
    name_account(page, "Maison_Lumen")
    press(page, "alike_account_")
    press(page, "load_all")
    assert impressions(store)[0][2] == 999
    at = select(page, page.dataframe[0].value["file"].tolist().index("new.csv"))
    press(at, "forget")
    assert len(store.exports()) == 2
    press(at, "forget_not")
    press(at, "forget")
    press(at, "forget_sure")
    assert [e.name for e in store.exports()] == ["old.csv"] and impressions(store)[0][2] == 410
    assert "Forgotten: new.csv." in page.success[0].value


def test_days_between_two_files_that_none_states_are_told(page: AppTest) -> None:
    drop(page, ("august.csv", AUGUST), ("september.csv", SEPTEMBER))
    name_account(page, "Maison_Lumen")
    press(page, "alike_account_")
    press(page, "load_all")
    assert "Day by day until 1 Sept 2026" in told(page)
    assert "In no file: 20–31 Aug 2026." in told(page)


def test_everything_can_be_read_again(page: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(page, ("posts_2026-08-20.csv", POSTS))
    press(page, "load_")
    calls = counting(monkeypatch, "read_kept")
    press(page, "rebuild")
    assert len(calls) == 1 and "read again" in page.success[0].value


def settle(at: AppTest, name: str = "Maison Lumen", zone: str = "Europe/Paris", week_start: int = 1) -> AppTest:
    """Fills in the brand's form and saves it."""
    at.text_input(key="name_maison-lumen").set_value(name)
    at.selectbox(key="zone_maison-lumen").set_value(zone)
    at.selectbox(key="week_start_maison-lumen").set_value(week_start)
    return at.button(key=key_of(at, "button", "FormSubmitter:brand_")).click().run()


def test_a_new_time_zone_moves_posts_to_their_local_day(page: AppTest, store: Store) -> None:
    late = (POSTS_HEADER + post("2090046116459446272")).encode()  # 19 August, in the evening in Paris
    drop(page, ("posts_2026-08-25.csv", late))
    press(page, "load_")

    def day() -> object:
        with store.read() as cursor:
            return cursor.execute("select published_at, day::varchar from posts").fetchall()

    before = day()
    settle(page, zone="Pacific/Kiritimati", name="Lumen", week_start=7)
    assert (store.brand().name, store.brand().zone, store.brand().week_start) == ("Lumen", "Pacific/Kiritimati", 7)
    assert day() != before


def test_a_brand_without_a_name_is_refused_in_a_sentence(page: AppTest, store: Store) -> None:
    settle(page, name=" ")
    assert [e.value for e in page.error] == ["The brand needs a name."]
    assert store.brand().name == "Maison Lumen"


def test_a_write_that_is_refused_is_a_sentence_and_loses_nothing(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(page, ("posts_2026-08-20.csv", POSTS))

    def busy(*given: object) -> None:
        raise UserError(says("Another write is going on."))

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_exports", busy)
        press(page, "load_")
    assert [e.value for e in page.error] == ["Another write is going on."] and not page.exception
    press(page, "load_")
    assert page.success


def test_every_format_tells_where_to_get_it(page: AppTest) -> None:
    said = told(page)
    found = [c for c in connectors.reading.all_connectors() if c is not typed.CONNECTOR]
    assert all(c.title in said and c.where.split(",")[0] in said for c in found)
    assert typed.CONNECTOR.title not in said, "what is typed in is no export to get"


def test_another_brand_begins_with_its_own_empty_page(page: AppTest) -> None:
    drop(page, ("posts_2026-08-20.csv", POSTS))
    page.text_input(key="new_brand_name").set_value("Maison Aube")
    page.button(key=key_of(page, "button", "FormSubmitter:new_brand")).click().run()
    assert [b.slug for b in brands()] == ["maison-aube", "maison-lumen"]
    assert page.selectbox(key="brand").value == "maison-aube"
    assert "Files that wait" not in [s.value for s in page.subheader], "files wait for one brand, not for the next"


def test_the_invented_brand_takes_no_files_and_offers_to_begin_one_of_your_own(store: Store) -> None:
    create_brand("Maison Exemple", slug="demo")
    at = sources("demo")
    assert not at.file_uploader and "made up" in at.info[0].value
    at.text_input(key="new_brand_name").set_value("Maison Aube")
    at.button(key=key_of(at, "button", "FormSubmitter:new_brand")).click().run()
    assert at.file_uploader and open_brand("maison-aube").exports() == []


def test_the_page_speaks_french(store: Store) -> None:
    at = sources(lang="fr")
    drop(at, ("overview.csv", AUGUST), ("posts.csv", POSTS), ("holiday.csv", b"Name,Colour\nA,red\n"))
    name_account(at, "Maison_Lumen")
    exported(at, "last")
    press(at, "load_all")
    assert not at.exception and len(store.exports()) == 2
    assert "19 août 2026" in told(at)


def test_a_file_that_waits_tells_which_days_lie_between_it_and_the_others(page: AppTest) -> None:
    drop(page, ("august.csv", AUGUST))
    name_account(page, "lumen")
    press(page, "load_")
    drop(page, ("september.csv", SEPTEMBER))
    page.selectbox(key=key_of(page, "selectbox", "ask_account_")).set_value("lumen").run()
    assert "Beside your other files" in told(page)
    assert "In no file: 20–31 Aug 2026." in told(page)


def test_a_damaged_file_of_a_known_format_is_not_to_be_described(page: AppTest) -> None:
    drop(page, ("Audience.csv", 'Age & gender\n"","Women","Men"\n18-24,3.апр,4\n'.encode()))
    assert "3.апр" in page.error[0].value
    assert offered(page, "describe_") == 0


def test_two_tools_of_one_site_are_said_to_be_one_and_taken_apart(store: Store) -> None:
    day = date(2026, 11, 9)
    for account in ("ga4:1", "universal_analytics:lumen"):
        content = account.encode()
        one = Export(sha256(content).hexdigest(), account, content, "tests", datetime(2026, 11, 20))
        values = {"account": account, "slice": "site", "first_day": day, "last_day": day, "sessions": 5}
        at = sources()
        assert offered(at, "FormSubmitter:same_site") == 0, "of one tool there is nothing to say"
        store.add_export(one, [Statement("web", values, Origin("", 1))])
    at = sources()
    at.selectbox(key="site_lead").set_value("ga4:1")
    at.selectbox(key="site_account").set_value("universal_analytics:lumen")
    press(at, "FormSubmitter:same_site")
    assert store.same_sites() == [("universal_analytics:lumen", "ga4:1")]
    assert "Universal Analytics · lumen goes with Google Analytics · 1." in told(at)
    press(at, "part_universal_analytics")
    assert store.same_sites() == []
    at.selectbox(key="site_lead").set_value("ga4:1")
    at.selectbox(key="site_account").set_value("ga4:1")
    press(at, "FormSubmitter:same_site")
    assert "An account goes with another one, not with itself" in "".join(error.value for error in at.error)
