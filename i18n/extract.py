"""Brings fr.po up to date with the texts marked in the code: `python -m i18n.extract`.

A text is marked by being the first argument of `says`, `t`, `N_` or `_`. New texts are added without
a translation, texts that no longer stand in the code are dropped.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.pofile import normalize

from i18n.catalog import catalog_path, read_catalog

ROOT = Path(__file__).parent.parent
MARKS = {"says", "t", "N_", "_"}
NOT_PRODUCT = {"tests", "benchmarks"}

HEADER = """\
# Vigie in French. English is in the code; `python -m i18n.extract` adds what is missing.
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"""


class NotMarkable(ValueError):
    """A marked text that no catalogue can hold, because it is put together when the program runs."""


def marked(source: str, path: str) -> Iterator[str]:
    """The marked texts of one Python source, in order."""
    for node in ast.walk(ast.parse(source, path)):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in MARKS:
            yield from _texts(node.args[0], path)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _texts(argument: ast.expr, path: str) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, path)
            yield from _texts(orelse, path)
        case ast.JoinedStr() | ast.BinOp(left=ast.Constant(value=str()) | ast.JoinedStr()):
            raise NotMarkable(
                f"{path}:{argument.lineno}: a marked text must be one literal, its changing parts {{names}}"
            )


def product_files(root: Path = ROOT) -> Iterator[Path]:
    """Every Python file that readers may hear from, as paths below `root`."""
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).parts
        if not any(part.startswith(".") or part in NOT_PRODUCT for part in parts):
            yield path.relative_to(root)


def marked_texts(root: Path = ROOT) -> dict[str, list[str]]:
    """Every marked text of the product, with the files that say it."""
    found: dict[str, list[str]] = {}
    for path in product_files(root):
        name = path.as_posix()
        for text in marked((root / path).read_text(encoding="utf-8"), name):
            files = found.setdefault(text, [])
            if name not in files:
                files.append(name)
    return found


def written(texts: Mapping[str, Sequence[str]], french: Mapping[str, str]) -> str:
    """The .po file for `texts`, sorted by the file that says them first, then by text."""
    entries = [HEADER]
    for text, files in sorted(texts.items(), key=lambda entry: (entry[1][0], entry[0])):
        entries.append(
            f"#: {' '.join(files)}\n"
            f"msgid {normalize(text, width=108)}\n"
            f"msgstr {normalize(french.get(text, ''), width=108)}\n"
        )
    return "\n".join(entries)


def main() -> None:
    """Rewrites fr.po and says what changed."""
    texts = marked_texts()
    french = {str(entry.id): str(entry.string) for entry in read_catalog("fr") if entry.id}
    catalog_path("fr").write_text(written(texts, french), encoding="utf-8", newline="\n")
    new, gone = texts.keys() - french.keys(), french.keys() - texts.keys()
    missing = sum(1 for text in texts if not french.get(text))
    print(f"{len(texts)} texts: {len(new)} added, {len(gone)} dropped, {missing} without a French text.")


if __name__ == "__main__":
    main()
