"""Archives of Mastodon and Threads: what was published to everyone, without counts and without the names of others."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from reading_help import read_file

from connectors.mastodon import plain
from connectors.reading import examine
from connectors.rows import without_names
from connectors.threads import mended
from data.model import Answers, UserError

ME, PUBLIC = "https://social.example/users/lumen", "https://www.w3.org/ns/activitystreams#Public"
MINE = Answers("threads:lumen")


def activity(number: int = 1, to: Any = (PUBLIC,), cc: Any = (), kind: str = "Create", **note: Any) -> dict[str, Any]:
    words = {"id": f"{ME}/statuses/{number}", "content": "<p>Hello</p>", "inReplyTo": None, "attachment": [], **note}
    return {"type": kind, "actor": ME, "published": "2026-01-05T23:40:10Z", "to": [*to], "cc": [*cc], "object": words}


def outbox(*activities: dict[str, Any]) -> str:
    return json.dumps({"type": "OrderedCollection", "totalItems": len(activities), "orderedItems": activities})


def test_a_post_of_mastodon_has_its_moment_and_the_account_of_its_server() -> None:
    (statement,) = read_file("outbox.json", outbox(activity(7))).statements
    values = statement.values
    assert (values["account"], values["post_id"]) == ("mastodon:lumen@social.example", "7")
    assert (values["published_at"], values["day"]) == (datetime(2026, 1, 5, 23, 40, 10), date(2026, 1, 6))
    assert statement.others == {}


@pytest.mark.parametrize(
    ("to", "cc", "read"),
    [([PUBLIC], [f"{ME}/followers"], True), ([f"{ME}/followers"], [PUBLIC], True), (["as:Public"], [], True),
     ([f"{ME}/followers"], [], False), (["https://other.example/users/nadia"], [], False), ([], [], False)],
)  # fmt: skip
def test_only_posts_to_everyone_are_read(to: list[str], cc: list[str], read: bool) -> None:
    found = read_file("outbox.json", outbox(activity(to=to, cc=cc), activity(2)))
    assert ("1" in found.column("post_id")) is read
    assert found.problems == []


def test_boosts_are_posts_of_others() -> None:
    boost = {**activity(), "type": "Announce", "object": "https://other.example/users/ada/statuses/9"}
    assert read_file("outbox.json", outbox(activity(2), boost)).column("post_id") == ["2"]


@pytest.mark.parametrize(
    ("note", "kind"),
    [({}, "text"), ({"inReplyTo": "https://other.example/1"}, "reply"), ({"inReplyTo": f"{ME}/statuses/1"}, "text"),
     ({"attachment": [{"mediaType": "image/png"}]}, "photo"), ({"attachment": [{"mediaType": "video/mp4"}]}, "video")],
)  # fmt: skip
def test_a_post_of_mastodon_has_a_kind(note: dict[str, Any], kind: str) -> None:
    # the fields that one post lacks are those of another
    full = activity(2, inReplyTo="https://other.example/1", attachment=[{"mediaType": "image/png"}])
    assert read_file("outbox.json", outbox(activity(**note), full)).column("kind")[0] == kind


def test_words_are_read_without_their_marks() -> None:
    assert plain("<p>a &amp; b<br/>c</p><p>d &lt;3</p>") == "a & b\nc\n\nd <3"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("thanks @nadia.exemple!", "thanks @…!"),
        ("@ada@other.example and @ivo: hello", "@… and @…: hello"),
        ("write to shop@lumen.example.", "write to @…."),
        ("open @ 9, 5 € @home", "open @ 9, 5 € @…"),
        ("no names", "no names"),
    ],
)
def test_no_name_of_an_account_is_kept(text: str, kept: str) -> None:
    assert without_names(text) == kept


def threads(*posts: dict[str, Any], key: str = "text_post_app_text_posts") -> str:
    return json.dumps({key: posts})


def single(second: Any = 1767656410, title: str = "Hello", uri: str = "", **more: Any) -> dict[str, Any]:
    return {"media": [{"uri": uri, "creation_timestamp": second, "title": title, **more}]}


def test_a_post_on_threads_is_known_by_its_second() -> None:
    (statement,) = read_file("threads_and_replies.json", threads(single()), MINE).statements
    values = statement.values
    assert (values["post_id"], values["published_at"]) == ("1767656410", datetime(2026, 1, 5, 23, 40, 10))
    assert (values["day"], values["kind"], values["text"]) == (date(2026, 1, 6), "text", "Hello")


def test_posts_of_one_second_are_two_posts() -> None:
    read = read_file("threads_and_replies.json", threads(single(), single(title="Again")), MINE)
    assert read.column("post_id") == ["1767656410", "1767656410-2"]


def test_a_post_with_pictures_says_beside_them_when_it_was_published() -> None:
    post = {"title": "Two", "creation_timestamp": 1767700000, "media": [*single(title="", uri="a.jpg")["media"]] * 2}
    read = read_file("threads_and_replies.json", threads(single(), post), MINE)
    assert read.column("post_id")[1] == "1767700000"
    assert (read.column("text")[1], read.column("kind")[1]) == ("Two", "photo")


@pytest.mark.parametrize(
    ("more", "kind"),
    [({"text_app_post": {"is_reply": True}}, "reply"), ({"text_app_post": {"is_reply": False}}, "text"),
     ({"uri": "a.MP4"}, "video")],
)  # fmt: skip
def test_a_post_on_threads_has_a_kind(more: dict[str, Any], kind: str) -> None:
    assert read_file("threads_and_replies.json", threads(single(**more)), MINE).column("kind") == [kind]


def test_letters_that_stand_as_bytes_are_mended_and_others_stay() -> None:
    assert mended("Café ✨".encode().decode("latin-1")) == "Café ✨"
    assert (mended("Café"), mended("✨ Café")) == ("Café", "✨ Café")


@pytest.mark.parametrize("second", [0, -5, 10**12, "yesterday", None])
def test_a_moment_that_cannot_be_is_told(second: Any) -> None:
    read = read_file("threads_and_replies.json", threads(single(), single(second)), MINE)
    assert len(read.statements) == 1
    assert read.problems


def test_other_lists_of_meta_are_not_claimed() -> None:
    with pytest.raises(UserError):
        examine("liked.json", threads(single(), key="text_post_app_media_likes").encode(), MINE)
    with pytest.raises(UserError):
        examine("posts_1.json", json.dumps([single()]).encode(), MINE)


def test_a_post_on_threads_that_stands_twice_is_one() -> None:
    assert read_file("threads_and_replies.json", threads(single(), single()), MINE).column("post_id") == ["1767656410"]
