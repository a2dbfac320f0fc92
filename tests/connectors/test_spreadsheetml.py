"""Workbooks written as XML: sparse cells, broken letters, and what must not be let in."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest
from test_sheet import grid, make_zip, refusal

from connectors import spreadsheetml
from connectors.sheet import open_book
from connectors.spreadsheetml import is_spreadsheetml, read_spreadsheetml
from data.model import UserError

START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
)


def made(rows: str, sheet: str = "Key Metrics") -> bytes:
    return f'{START}<Worksheet ss:Name="{sheet}"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def data(value: Any, kind: str = "String", **where: int) -> str:
    at = "".join(f' ss:{name}="{number}"' for name, number in where.items())
    return f'<Cell{at}><Data ss:Type="{kind}">{value}</Data></Cell>'


def cells(content: bytes) -> list[list[Any]]:
    return grid(open_book("a.xls", content))


def test_cells_are_read_by_their_declared_types() -> None:
    row = data("Nîmes") + data(12, "Number") + data("1.5", "Number") + data("2017-06-09T05:30:00.000", "DateTime")
    row += data(1, "Boolean") + data("#N/A", "Error") + "<Cell/>" + data("-7", "Number")
    assert cells(made(f"<Row>{row}</Row>")) == [["Nîmes", 12, 1.5, datetime(2017, 6, 9, 5, 30), True, "#N/A", None, -7]]


def test_what_is_not_of_its_declared_type_stays_the_text_it_is() -> None:
    row = data("n/a", "Number") + data("yesterday", "DateTime") + data("maybe", "Boolean")
    assert cells(made(f"<Row>{row}</Row>")) == [["n/a", "yesterday", "maybe"]]


def test_rows_and_cells_stand_where_their_index_says() -> None:
    rows = f"<Row>{data('a')}</Row><Row ss:Index='4'>{data('b', Index=3)}{data('c')}</Row>"
    assert cells(made(rows)) == [["a"], [], [], [None, None, "b", "c"]]


def test_a_cell_over_several_columns_leaves_the_others_empty() -> None:
    assert cells(made(f"<Row>{data('a', MergeAcross=2)}{data('b')}</Row>")) == [["a", None, None, "b"]]


def test_formatted_text_is_read_and_the_comment_on_a_cell_is_not() -> None:
    cell = (
        '<Cell><ss:Data ss:Type="String">so <html:B>much</html:B></ss:Data>'
        '<Comment><ss:Data ss:Type="String">Camille Ormeau wrote this</ss:Data></Comment></Cell>'
    )
    assert cells(made(f"<Row>{cell}{data(3, 'Number')}</Row>")) == [["so much", 3]]


def test_letters_that_are_not_utf8_are_marked_and_counted_and_cost_nothing_else() -> None:
    content = made(f"<Row>{data('Li#ge')}{data(5, 'Number')}</Row>").replace(b"Li#ge", b"Li\xc3?ge")
    book = open_book("a.xls", content)
    assert grid(book) == [["Li\ufffd?ge", 5]]
    assert [sheet.unread for sheet in book.sheets] == [1]


def test_marks_that_stand_for_themselves_are_read_as_they_stand() -> None:
    row = data("http://example.org/?a=1&b=2&amp;c=3") + data("I <3 glass &nbsp; &lt;4") + data("a\x0bb&#2;c&#x1F;")
    assert cells(made(f"<Row>{row}</Row>")) == [
        ["http://example.org/?a=1&b=2&c=3", "I <3 glass &nbsp; <4", "a\ufffdb\ufffdc\ufffd"]
    ]


def test_a_workbook_of_xml_is_known_by_its_content_in_an_archive_too() -> None:
    content = made(f"<Row>{data('a')}</Row>")
    assert is_spreadsheetml(b"\xef\xbb\xbf" + content)
    assert not is_spreadsheetml(b'<?xml version="1.0"?><feed/>')
    (sheet,) = open_book("a.zip", make_zip({"Insights.xls": content})).sheets
    assert (sheet.name, list(sheet.read())) == ("Insights.xls / Key Metrics", [["a"]])


def test_other_xml_is_refused_as_before() -> None:
    assert "web page, an XML or a PDF" in refusal(b'<?xml version="1.0"?><feed><entry/></feed>', "feed.xls")


BOMB = "<!DOCTYPE lol [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
FETCHES = "<!DOCTYPE x [<!ENTITY out SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("declared", [BOMB, FETCHES, "<!DOCTYPE x SYSTEM 'http://localhost:9/x.dtd'>"])
def test_a_file_that_declares_entities_is_refused(declared: str) -> None:
    content = made(f"<Row>{data('&b;&out;')}</Row>").replace(b"<Workbook", declared.encode() + b"<Workbook")
    assert "damaged" in refusal(content, "a.xls")


@pytest.mark.parametrize(
    "rows",
    [
        "<Row ss:Index='1048577'/>",
        f"<Row>{data('far', Index=16385)}</Row>",
        "<Row ss:Index='999999999999999999'/>",
        "".join(f"<Row>{data('far', Index=16384)}</Row>" for _ in range(700)),
    ],
    ids=["row", "column", "beyond any number", "cells"],
)
def test_cells_too_far_apart_are_refused_before_they_take_any_room(rows: str) -> None:
    begun = time.perf_counter()
    assert "so far from the others" in refusal(made(rows), "a.xls")
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "content",
    [
        made(f"<Row>{data('a')}</Row>")[:-30],
        made(f"<Row ss:Index='3'>{data('a')}</Row><Row ss:Index='2'/>"),
        made(f"<Row ss:Index='third'>{data('a')}</Row>"),
        made("<a>" * 200 + "</a>" * 200),
        made("<Row><Cell></Row>"),
    ],
    ids=["cut short", "rows out of order", "no number", "deep", "not closed"],
)
def test_a_damaged_workbook_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(UserError) as error:
        read_spreadsheetml("a.xls", content)
    assert str(error.value).startswith("a.xls cannot be opened as an Excel workbook: it is damaged or cut short.")


def test_cells_are_counted_over_all_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheetml, "MAX_CELLS", 10)
    one = f"<Worksheet ss:Name='a'><Table><Row>{data(1, 'Number') * 4}</Row></Table></Worksheet>"
    content = f"{START}{one * 3}</Workbook>".encode()
    assert "so far from the others" in refusal(content, "a.xls")
    assert len(read_spreadsheetml("a.xls", f"{START}{one * 2}</Workbook>".encode())) == 2
