import pytest
from babel.messages.pofile import read_po

from i18n.extract import NotMarkable, marked, marked_texts, product_files, written


def test_every_mark_is_found_however_it_is_called():
    source = """
says("one", x=1); locale.t("two"); N_("three"); model.says("four " "and more"); _("five")
says("six" if x else "seven"); t(variable); other("not marked"); t(); t(1)
"""
    assert set(marked(source, "x.py")) == {"one", "two", "three", "four and more", "five", "six", "seven"}


@pytest.mark.parametrize("call", ['says(f"{x} posts")', 't("posts " + x)', 'says("%s posts" % x)'])
def test_a_text_put_together_at_run_time_is_refused_with_its_place(call):
    with pytest.raises(NotMarkable, match=r"page\.py:2: .*\{names\}"):
        list(marked(f"\n{call}", "page.py"))


def test_only_the_product_is_read(tmp_path):
    for name in ("app.py", "pages/a.py", "tests/test_a.py", "benchmarks/b.py", ".venv/lib/c.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'says("in {name}"); says("shared")')
    assert [str(path) for path in product_files(tmp_path)] == ["app.py", "pages/a.py"]
    assert marked_texts(tmp_path) == {
        "in app.py": ["app.py"],
        "in pages/a.py": ["pages/a.py"],
        "shared": ["app.py", "pages/a.py"],
    }


def test_the_catalogue_keeps_translations_drops_the_unused_and_adds_the_missing(tmp_path):
    long = "A sentence longer than one line of the catalogue, with “quotes”, \\ and\na new line: {x}. " * 2
    path = tmp_path / "fr.po"
    french = {"b": "bé", long: long.upper(), "gone": "parti"}
    path.write_text(written({"b": ["z.py"], long: ["a.py"], "a": ["z.py"]}, french), encoding="utf-8")
    with path.open("rb") as file:
        read = {entry.id: entry.string for entry in read_po(file) if entry.id}
    assert read == {"a": "", "b": "bé", long: long.upper()}
    assert list(read) == [long, "a", "b"], "by file, then by text"
