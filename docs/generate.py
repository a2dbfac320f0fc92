"""The pages that are made from the definitions: `python -m docs.generate` writes them anew.

docs/metrics.md is made from the metrics; docs/connectors.md and the formats in README.md from the connectors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any

from babel import Locale as Babel

from connectors.base import Connector, TableSpec
from connectors.reading import all_connectors
from i18n import ABSENT, locale
from metrics import formula
from metrics.measures import MEASURES
from metrics.model import Adds, Example, Good, Metric
from metrics.registry import families
from wording.names import network_name

ROOT = Path(__file__).parents[1]
ENGLISH, FRENCH = locale("en"), locale("fr")
MADE = "Made from the definitions by `python -m docs.generate`: edit those, not this page."
FORMATS = re.compile(r"(?<=<!-- formats -->\n).*(?=<!-- end of formats -->)", re.DOTALL)

GOOD = {Good.UP: "more is better", Good.DOWN: "less is better", Good.NEITHER: "neither way is better"}
ADDS = {
    Adds.FLOW: "days add, accounts add",
    Adds.LEVEL: "the last known of each account; accounts add, days never",
    Adds.PEOPLE: "never over days or accounts",
    Adds.MEAN: "never: weighted by what it is the mean of",
}
OF_A_ROW = ("account", "before", "whole_window", "query")  # keys of an example that are no measures


def made() -> dict[Path, str]:
    """Every page that is made, by its path."""
    readme = ROOT / "README.md"
    return {
        ROOT / "docs" / "metrics.md": metrics_page(),
        ROOT / "docs" / "connectors.md": connectors_page(),
        readme: FORMATS.sub(lambda _: formats(), readme.read_text(encoding="utf-8")),
    }


def metrics_page() -> str:
    """Every metric, family by family, and how each measure adds up."""
    return _text(
        "# Metrics",
        f"{MADE} The page Glossary shows the same in the reader's language.",
        "A metric is the sum of its `top`, or the sum of `top` over the sum of `bottom`. A ratio adds only "
        "the rows that state both sides. An account takes part only when it states the whole window, and "
        "what is absent is never zero. The formulas below are the text that runs, in this language:",
        _code(cleandoc(formula.__doc__ or "").split("\n\n", 1)[1]),
        *(part for family, metrics in families() for part in (f"## {family}", *map(_metric, metrics))),
        "## Measures",
        "What sources state, and how it adds up. `docs/design.md` says what the tables hold.",
        _table(
            ("table", "measure", "name", "adds up"),
            ((f"`{m.source.value}`", f"`{m.key}`", m.name, ADDS[m.adds]) for m in MEASURES.values()),
        ),
    )


def connectors_page() -> str:
    """Every format: where to get it, what to know of it, and the columns that are read."""
    return _text(
        "# Connectors",
        f"{MADE} `CONTRIBUTING.md` says how to add one.",
        "A file is recognised by the headers it holds, never by its name. Headers are compared without case, "
        "accents, soft hyphens and odd spaces, and are written so below, in every language in which they are "
        "known. A column in italics is read for the connector alone. Numbers under other headers are kept in "
        "`others`, under the network's own header.",
        *(part for connector in all_connectors() for part in _connector(connector)),
    )


def formats() -> str:
    """The table of formats in README.md."""
    rows = ((_networks(c), c.title, ENGLISH.t(c.where)) for c in all_connectors())
    return f"\n{_table(('network', 'export', 'where to get it'), rows)}\n\n"


def _metric(metric: Metric) -> str:
    definition = f"top     {metric.top}" + (f"\nbottom  {metric.bottom}" if metric.bottom else "")
    unit, days = metric.unit.name.lower(), metric.example.days
    links = [f"[{network_name(network)}]({address})" for network, address in metric.theirs.items()]
    return _text(
        f"### {metric.name}",
        f"`{metric.key}`, from `{metric.reads.value}`. Unit: {unit}; {GOOD[metric.good]}.",
        metric.says,
        _code(definition),
        f"Take care: {metric.careful}" if metric.careful else "",
        _example(metric.example),
        f"The brand's own words are: {', '.join(metric.example.words)}." if metric.example.words else "",
        f"Over {f'{days} days' if days > 1 else 'a day'} this gives "
        f"**{ENGLISH.value(metric.example.gives, metric.unit)}**.",
        f"How the networks define it: {', '.join(links)}." if links else "",
    )


def _example(example: Example) -> str:
    measures = list(dict.fromkeys(name for row in example.rows for name in row if name not in OF_A_ROW))
    seen: Counter[str] = Counter()
    rows = ([_row(row, seen), *(row.get(name, ABSENT) for name in measures)] for row in example.rows)
    return _table(("example", *(f"`{name}`" for name in measures)), rows)


def _row(row: Mapping[str, Any], seen: Counter[str]) -> str:
    """What a row of an example is about."""
    account = row.get("account", "")
    of = f" of {account}" if account else ""
    if row.get("before"):
        return f"the day before{of}"
    if row.get("whole_window"):
        return f"the query {row['query']}, all days" if "query" in row else f"all days{of}"
    seen[account] += 1
    return f"row {seen[account]}{of}"


def _connector(connector: Connector) -> Iterator[str]:
    notes = import_module(f"connectors.{connector.key}").__doc__ or ""
    yield f"## {connector.title}"
    yield f"`{connector.key}`: {_networks(connector)}."
    yield f"Where to get it: {ENGLISH.t(connector.where)}"
    yield f"Où l’obtenir\u00a0: {FRENCH.t(connector.where)}"
    yield _languages(connector)
    yield cleandoc(notes)
    yield f"What it does not state: {ENGLISH.t(connector.lacks)}" if connector.lacks else ""
    for spec in connector.tables:
        yield f"Rows of `{spec.says}`:" if spec.says else "Read for the connector alone:"
        yield _columns(spec)


def _languages(connector: Connector) -> str:
    """In which languages its files were seen, and in which they are only described."""
    kinds = (("seen in real files", connector.seen), ("only described", connector.described))
    said = "; ".join(f"{', '.join(map(_language, codes))} {kind}" for kind, codes in kinds if codes)
    return f"Languages: {said}." if said else "No real file of this format was seen."


def _language(code: str) -> str:
    return Babel.parse(code, sep="-").get_display_name("en") or code


def _columns(spec: TableSpec) -> str:
    rows = (
        (f"*{c.key}*" if c.aside else f"`{c.key}`", ", ".join(dict.fromkeys(c.headers)) or "any") for c in spec.columns
    )
    return _table(("column", "headers known"), rows)


def _networks(connector: Connector) -> str:
    return ", ".join(map(network_name, connector.networks))


def _text(*parts: str) -> str:
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def _code(text: str) -> str:
    return f"```\n{cleandoc(text)}\n```"


def _table(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = (headers, ["---"] * len(headers), *rows)
    return "\n".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def main() -> None:
    """Writes the pages, and says which were not current."""
    for path, text in made().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{path.relative_to(ROOT)} is written")


if __name__ == "__main__":
    main()
