"""Bytes become sheets and rows whatever the container, encoding or delimiter; what cannot is explained."""

from __future__ import annotations

import bz2
import io
import struct
import subprocess
import time
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from make_xls import make_xls

from connectors import sheet
from connectors.sheet import Book, blank, decode, open_book
from data.model import UserError

TEXT = 'Date,Titre,Vues\n2025-01-02,"Été, à Nîmes",12\n2025-01-03,"deux\nlignes",3\n'
GRID = [["Date", "Titre", "Vues"], ["2025-01-02", "Été, à Nîmes", "12"], ["2025-01-03", "deux\nlignes", "3"]]


def grid(book: Book, place: int = 0) -> list[list[Any]]:
    return [list(cells) for _, cells in book.sheets[place].rows()]


def refusal(content: bytes, name: str = "file.csv") -> str:
    with pytest.raises(UserError) as error:
        for found in open_book(name, content).sheets:
            list(found.rows())
    assert error.value.message.text, "a refusal can be translated"
    return str(error.value)


def make_zip(files: Mapping[str, bytes], when: Sequence[int] = (2025, 2, 6, 10, 0, 0), **more: Any) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, tuple(when))  # type: ignore[arg-type]
            info.compress_type = more.get("compression", zipfile.ZIP_DEFLATED)
            archive.writestr(info, content)
    return packed.getvalue()


def make_xlsx(rows: Sequence[Sequence[Any]], at: tuple[int, int] = (0, 0)) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet("Data")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            page.write(at[0] + y, at[1] + x, cell)
    book.close()
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16 bom", "utf-16-le", "utf-16-be", "utf-16-be bom", "cp1252"],
)
def test_every_encoding_gives_the_same_rows(content: bytes) -> None:
    assert grid(open_book("a.csv", content)) == GRID


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_delimiter_and_line_end_gives_the_same_rows(mark: str, end: str) -> None:
    rows = [["Date", "Vues", "J'aime"], ["2025-01-02", "12", "0"], ["2025-01-03", "", "4"]]
    text = end.join(mark.join(row) for row in rows)
    assert grid(open_book("a.csv", text.encode())) == rows
    assert grid(open_book("a.csv", (text + end).encode())) == rows


@pytest.mark.parametrize("first", ["sep=|", '"sep=|"', "sep=|\r", "\ufeffsep=|"])
def test_the_delimiter_that_a_file_states_is_believed(first: str) -> None:
    text = f"{first}\nDate|Primary\n2025-01-02|1,5\n"
    assert grid(open_book("a.csv", text.encode()))[1:] == [["Date", "Primary"], ["2025-01-02", "1,5"]]


def test_a_stated_tab_may_be_written_several_times() -> None:
    content = "sep=\t\t\t\r\nDate\tPrimary\r\n2025-01-02\t1\r\n".encode("utf-16")
    assert grid(open_book("a.csv", content))[1:] == [["Date", "Primary"], ["2025-01-02", "1"]]


def test_a_preamble_does_not_mislead_the_search_for_the_delimiter() -> None:
    text = "# Report; all of it\n# Names: a; b\n\nDay,Campaign\n" + "2025-01-02,a|b; c\n" * 5
    assert grid(open_book("a.csv", text.encode()))[-1] == ["2025-01-02", "a|b; c"]


def test_what_stands_in_quotation_marks_does_not_mislead_it_either() -> None:
    text = '"Date","Text"\n"2025-01-02","a; b"\n"2025-01-03","c; d","e"\n'
    assert grid(open_book("a.csv", text.encode()))[0] == ["Date", "Text"]


def test_a_file_of_a_european_spreadsheet_has_decimal_commas() -> None:
    book = open_book("a.csv", b"Date;Rate\n2025-01-02;1,5\n2025-01-03;2,5\n")
    assert book.sheets[0].comma_decimals
    assert grid(book)[1] == ["2025-01-02", "1,5"]
    assert not open_book("a.csv", TEXT.encode()).sheets[0].comma_decimals


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    book = open_book("a.csv", (TEXT + "\n2025-01-04,x,1\n").encode())
    assert [number for number, cells in book.sheets[0].rows() if not blank(cells)] == [1, 2, 3, 5]
    assert book.sheets[0].head(2)[-1][0] == 2


def test_a_sheet_can_be_read_again() -> None:
    found = open_book("a.csv", TEXT.encode()).sheets[0]
    assert list(found.rows()) == list(found.rows())


def test_a_workbook_gives_its_cells_where_they_stand() -> None:
    content = make_xlsx([["Date", "Views"], [datetime(2025, 1, 2), 12]], at=(2, 1))
    assert grid(open_book("a.xlsx", content)) == [
        ["", "", ""], ["", "", ""], ["", "Date", "Views"], ["", date(2025, 1, 2), 12.0],
    ]  # fmt: skip


def test_a_workbook_of_excel_97_is_read_too() -> None:
    book = open_book("a.xls", make_xls([["Date", "Vues"], ["2025-01-02", 12]]))
    assert book.sheets[0].name == "Data"
    assert grid(book) == [["Date", "Vues"], ["2025-01-02", 12.0]]


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a", "a.pdf"])
def test_the_name_of_a_file_decides_nothing(name: str) -> None:
    assert grid(open_book(name, TEXT.encode())) == GRID
    assert grid(open_book(name, make_xlsx([["x"]]))) == [["x"]]
    assert grid(open_book(name, make_zip({"t.csv": TEXT.encode()}))) == GRID


def test_an_archive_gives_a_sheet_for_every_table_in_it() -> None:
    files = {
        "Export/Totaux.csv": TEXT.encode("utf-16"),
        "Export/Données.xlsx": make_xlsx([["x"]]),
        "Export/old.xls": make_xls([["y"]]),
        "readme.pdf": b"%PDF-1.4",
        "empty.csv": b"",
        "__MACOSX/._Totaux.csv": b"\0\1",
        ".hidden.csv": b"a,b",
    }
    book = open_book("a.zip", make_zip(files))
    assert [found.name for found in book.sheets] == ["Totaux.csv", "Données.xlsx / Data", "old.xls / Data"]
    assert [grid(book, n) for n in range(3)] == [GRID, [["x"]], [["y"]]]
    assert book.made == datetime(2025, 2, 6, 10)


@pytest.mark.parametrize("when", [(1980, 1, 1, 0, 0, 0), (1980, 0, 0, 0, 0, 0)])
def test_an_archive_without_dates_was_made_nobody_knows_when(when: Sequence[int]) -> None:
    assert open_book("a.zip", make_zip({"t.csv": TEXT.encode()}, when)).made is None


def test_an_open_quotation_mark_tells_that_a_file_was_cut() -> None:
    content = TEXT.encode()
    assert not open_book("a.csv", content).sheets[0].cut
    assert open_book("a.csv", content[: content.index(b"\nlignes")]).sheets[0].cut == 3
    assert not open_book("a.csv", b'Size,Views\n5" pipe,3\n6,4\n').sheets[0].cut


def test_a_row_that_the_file_ends_in_is_not_read_for_its_last_number_may_be_cut() -> None:
    sheet = open_book("a.csv", b"Date,Views,Likes\n2025-01-02,120,3\n2025-01-03,12").sheets[0]
    assert [row[0] for row in sheet.read()] == ["Date", "2025-01-02"]
    assert sheet.cut == 3


@pytest.mark.parametrize(
    "text", ["A,B,C\n1,2,3\n4,5", "A,B,C\n1,2,3\n4,5\n", "A,B,C\n1,2\n4,5", "Title\nA,B,C\n1,2,3\n4,5,6", "A,B"]
)
def test_a_file_is_whole_with_a_line_end_or_with_a_last_row_as_wide_as_others(text: str) -> None:
    assert bool(open_book("a.csv", text.encode()).sheets[0].cut) == (text == "A,B,C\n1,2,3\n4,5")


def test_no_row_is_lost_after_a_very_long_cell() -> None:
    content = f'Text,Views\n"{"x" * 2_000_000}",3\nshort,4\n'.encode()
    assert [row[1] for row in grid(open_book("a.csv", content))] == ["Views", "3", "4"]


def test_a_file_cut_in_the_middle_of_a_letter_keeps_its_encoding() -> None:
    assert decode("Été,é".encode()[:-1]) == "Été,"


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", make_zip({"a.csv": b" \n"})])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert refusal(content) == "file.csv is empty. Export it again."


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        bytes(200),
        b"\xff\xfe" + bytes(200),
        bytes(range(256)) * 40,
    ],
)
def test_a_binary_file_is_said_to_be_no_table(content: bytes) -> None:
    assert "is not a table" in refusal(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"<!DOCTYPE html>", b"  <HTML>", b"\xef\xbb\xbf<?xml?>"])
def test_a_page_or_a_pdf_is_named(content: bytes) -> None:
    assert "a web page, an XML or a PDF file" in refusal(content)


def test_an_archive_without_tables_says_what_it_holds() -> None:
    assert "It holds: photo.jpg, notes.docx." in refusal(make_zip({"photo.jpg": b"1", "notes.docx": b"2"}))
    assert "It holds: —." in refusal(make_zip({}))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.97])
@pytest.mark.parametrize(
    "content",
    [make_zip({"a.csv": TEXT.encode() * 50}), make_xlsx([["x", 1]] * 50), make_xls([["x", 1]] * 900)],
    ids=["zip", "xlsx", "xls"],
)
def test_a_file_that_was_cut_short_says_so(content: bytes, share: float) -> None:
    assert "cut short" in refusal(content[: int(len(content) * share)])


def test_a_damaged_file_in_an_archive_says_so() -> None:
    content = bytearray(make_zip({"a.csv": TEXT.encode() * 50}))
    content[60] ^= 0xFF
    assert "is damaged" in refusal(bytes(content))


def test_a_protected_archive_asks_for_the_password_to_be_removed() -> None:
    content = bytearray(make_zip({"a.csv": TEXT.encode()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert "protected by a password" in refusal(bytes(content))


def test_a_protected_workbook_asks_for_the_password_to_be_removed() -> None:
    package = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "protected by a password" in refusal(package, "a.xlsx")
    assert "protected by a password" in refusal(make_xls([["x"]], locked=True), "a.xls")


def test_a_bomb_that_declares_its_size_is_not_opened() -> None:
    assert "more than any export" in refusal(make_zip({"a.csv": bytes(20_000_000)}))
    assert "more than any export" in refusal(make_zip({f"{n}.csv": b"a" for n in range(300)}))


def test_a_bomb_inside_a_workbook_is_not_opened() -> None:
    files = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 20_000_000}
    assert "more than any export" in refusal(make_zip(files))
    inner = make_zip(files)
    assert "more than any export" in refusal(make_zip({"a.xlsx": inner, "filler.bin": inner * 10}))


def lying(content: bytes, size: int) -> bytes:
    """The archive with another size declared for its first file, in both places that state it."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", changed, changed.index(mark) + offset, size)
    return bytes(changed)


def test_a_bomb_that_lies_about_its_size_never_unpacks_beyond_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "damaged" in refusal(lying(make_zip({"a.csv": b"1" * 50_000_000}), 100))
    monkeypatch.setattr(sheet, "MAX_UNPACKED", 10**6)
    workbook = make_zip({"xl/workbook.xml": b" " * 50_000_000})
    assert "damaged" in refusal(lying(workbook, 100))


def test_a_compression_that_unpacks_without_a_bound_is_refused() -> None:
    content = make_zip({"a.csv": b"1" * 10_000}, compression=zipfile.ZIP_BZIP2)
    assert bz2.compress(b"1" * 10_000) in content
    assert "compressed in an unusual way" in refusal(content)


def test_a_workbook_with_a_cell_at_the_end_of_the_world_is_refused() -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    page = book.add_worksheet()
    page.write(0, 0, "a")
    page.write(1_048_575, 16_383, "z")
    book.close()
    assert "so far from the others" in refusal(packed.getvalue())


def test_a_workbook_that_keeps_its_reader_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: Any, **__: Any) -> None:
        raise subprocess.TimeoutExpired("reader", 120)

    monkeypatch.setattr(subprocess, "run", late)
    assert "cannot be opened" in refusal(make_xlsx([["x"]]))


def test_a_workbook_renamed_from_something_else_is_damaged() -> None:
    assert "cannot be opened as an Excel workbook" in refusal(make_zip({"xl/workbook.xml": b"<no"}))


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_random_bytes_are_refused_in_plain_words_or_read(body: bytes, start: bytes) -> None:
    try:
        for found in open_book("a.csv", start + body).sheets:
            list(found.rows())
    except UserError as error:
        assert str(error)


WORKBOOKS = make_xlsx([["x", 1]] * 9), make_xls([["x", 1]] * 9)  # made once: the second of their making is in them


@settings(max_examples=15)
@given(st.data())
def test_a_damaged_workbook_is_refused_in_plain_words_or_read(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(WORKBOOKS)))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(8, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        open_book("a.xlsx", bytes(content))
    except UserError as error:
        assert str(error)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("C", "Z"))), min_size=2, max_size=4)))
def test_cells_come_back_from_quotes(rows: list[list[str]]) -> None:
    rows = [["Date", "Views", *row] for row in rows] or [["Date", "Views"]]
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    assert grid(open_book("a.csv", text.encode("utf-8-sig"))) == rows


def test_a_large_file_is_opened_quickly() -> None:
    content = ("2025-01-02,some title,12,34,56\n" * 200_000).encode()
    start = time.process_time()
    assert sum(1 for _ in open_book("a.csv", content).sheets[0].rows()) == 200_000
    assert time.process_time() - start < 5


def test_a_row_cut_short_is_told_where_another_table_of_its_file_is_as_narrow() -> None:
    book = open_book("file.csv", b"a,b,c\n1,2,3\n\nd,e\n4,5\n\nf,g,h\n1,2,3\n1,2")
    assert (book.sheets[0].cut, len(grid(book))) == (9, 8)
