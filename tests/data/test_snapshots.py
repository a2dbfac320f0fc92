from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from data.disk import write_whole
from data.model import UserError
from data.snapshots import Busy, Snapshots


def publish(snapshots: Snapshots, text: str, fresh: bool = False) -> None:
    with snapshots.lock(1), snapshots.build(fresh) as build:
        build.path.write_text(text)


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """Two versions, the second current."""
    made = Snapshots(tmp_path)
    publish(made, "one", fresh=True)
    publish(made, "two")
    return made


def names(snapshots: Snapshots) -> list[str]:
    return sorted(path.name for path in snapshots.folder.iterdir())


def test_before_the_first_version_there_is_none(tmp_path: Path):
    assert Snapshots(tmp_path).version() is None


def test_a_version_is_a_numbered_file_and_the_pointer_names_it(snapshots: Snapshots):
    assert snapshots.version() == 2
    assert (snapshots.folder / "CURRENT").read_text() == "warehouse-000002.duckdb"
    assert snapshots.path(2).read_text() == "two"
    assert [name for name in names(snapshots) if not name.startswith(".write")] == [
        "CURRENT",
        "warehouse-000001.duckdb",
        "warehouse-000002.duckdb",
    ]


def test_a_build_begins_as_a_copy_of_the_current_version(snapshots: Snapshots):
    with snapshots.lock(1), snapshots.build() as build:
        assert build.path.read_text() == "two"
        build.path.write_text("three")
        assert snapshots.path(2).read_text() == "two"


def test_a_build_that_fails_or_is_not_wanted_leaves_nothing(snapshots: Snapshots):
    before = names(snapshots)
    with pytest.raises(ZeroDivisionError), snapshots.lock(1), snapshots.build():
        raise ZeroDivisionError
    with snapshots.lock(1), snapshots.build() as build:
        build.wanted = False
    assert (names(snapshots), snapshots.version()) == (before, 2)


def test_only_the_last_versions_stay(snapshots: Snapshots):
    for text in ("three", "four", "five"):
        publish(snapshots, text)
    assert snapshots.numbers() == [3, 4, 5]


def test_a_number_is_never_used_twice_even_after_going_back(snapshots: Snapshots):
    (snapshots.folder / "CURRENT").write_text("warehouse-000001.duckdb")
    publish(snapshots, "after one")
    assert snapshots.version() == 3
    snapshots.path(2).unlink()
    assert snapshots.path(3).read_text() == "after one"


def test_what_a_killed_writer_left_is_swept_away(snapshots: Snapshots):
    (snapshots.folder / ".build-dead.duckdb").write_text("half")
    (snapshots.folder / ".build-dead.duckdb.wal").write_text("log")
    (snapshots.folder / ".build-dead.duckdb.tmp").mkdir()
    (snapshots.folder / ".build-dead.duckdb.tmp" / "spilled").write_text("rows")
    publish(snapshots, "three")
    assert not list(snapshots.folder.glob(".build-*"))


def test_a_file_that_a_killed_writer_numbered_and_did_not_publish_is_not_current(snapshots: Snapshots):
    snapshots.path(3).write_text("never published")
    assert snapshots.version() == 2
    publish(snapshots, "four")
    assert snapshots.version() == 4


@pytest.mark.parametrize("content", [b"", b"rubbish", b"../../etc/passwd", b"warehouse-x.duckdb", b"\xff\xfe\x00"])
def test_a_damaged_pointer_says_which_name_to_write_in_it(snapshots: Snapshots, content: bytes):
    (snapshots.folder / "CURRENT").write_bytes(content)
    with pytest.raises(UserError, match=r"missing or damaged.*warehouse-000002\.duckdb"):
        snapshots.version()


def test_a_lost_pointer_says_which_name_to_write_in_it(snapshots: Snapshots):
    (snapshots.folder / "CURRENT").unlink()
    with pytest.raises(UserError, match=r"missing or damaged.*warehouse-000002\.duckdb"):
        snapshots.version()
    (snapshots.folder / "CURRENT").write_text("warehouse-000002.duckdb\n")
    assert snapshots.version() == 2


def test_a_pointer_to_a_file_that_is_gone_is_not_built_upon(snapshots: Snapshots):
    snapshots.path(2).unlink()
    with pytest.raises(UserError, match=r"warehouse-000001\.duckdb"):
        publish(snapshots, "three")


def test_a_folder_without_any_version_says_so(tmp_path: Path):
    with pytest.raises(UserError, match="no warehouse"):
        publish(Snapshots(tmp_path), "from nothing")


def test_a_pointer_that_cannot_be_read_says_so(snapshots: Snapshots):
    (snapshots.folder / "CURRENT").unlink()
    (snapshots.folder / "CURRENT").mkdir()
    with pytest.raises(UserError, match="cannot be read"):
        snapshots.version()


def test_a_second_writer_waits_and_then_says_that_another_is_writing(snapshots: Snapshots):
    with snapshots.lock(1):
        start = time.monotonic()
        with (
            pytest.raises(Busy, match="Another load is being written"),
            Snapshots(snapshots.folder).lock(0.2),
        ):
            pass
        assert 0.2 <= time.monotonic() - start < 5
    with Snapshots(snapshots.folder).lock(0):
        pass


def test_one_who_writes_without_a_pause_lets_others_in(snapshots: Snapshots):
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            with snapshots.lock(20):
                time.sleep(0.05)

    busy = threading.Thread(target=write_on)
    busy.start()
    try:
        for _ in range(5):
            with Snapshots(snapshots.folder).lock(2):
                pass
    finally:
        stop.set()
        busy.join()


def test_the_lock_of_a_killed_writer_is_free(snapshots: Snapshots):
    code = (
        "import sys; from pathlib import Path; from data.snapshots import Snapshots\n"
        "with Snapshots(Path(sys.argv[1])).lock(5): print('locked', flush=True); sys.stdin.read()"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code, str(snapshots.folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe) as writer:
        assert writer.stdout and writer.stdout.readline().strip() == b"locked"
        with pytest.raises(Busy), snapshots.lock(0.1):
            pass
        writer.kill()
        writer.wait()
    with snapshots.lock(5):
        pass


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UserError, match="cannot write in"), Snapshots(tmp_path / "file").lock(1):
        pass


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_disk_that_refuses_leaves_the_current_version(
    snapshots: Snapshots, step: str, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, refuse)
        with pytest.raises(UserError, match="The disk is full"):
            publish(snapshots, "three")
    assert snapshots.version() == 2
    assert not list(snapshots.folder.glob(".build-*"))
    publish(snapshots, "four")
    assert snapshots.path(snapshots.version() or 0).read_text() == "four"


def test_a_file_is_written_whole(tmp_path: Path):
    write_whole(tmp_path / "file", b"old")
    write_whole(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"new")]
