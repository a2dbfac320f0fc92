"""The words that head columns, and what they mean: ours, and those of every format that is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from connectors.base import Connector
from connectors.meanings import ACCOUNT, DAY, OTHERS, TABLES, WORDS, network_of, words

# What formats call a column that they read for themselves.
ALIASES = {
    "published": DAY, "created": DAY, "date": DAY, "type": "kind", "title": "text", "description": "text",
    "page_name": ACCOUNT,
}  # fmt: skip
IN_PASSING = frozenset(
    "nb nbre nombre number no num numero anzahl total totals totaux de des d' du of der di la le les the post "
    "lifetime".split()
)

Vocabulary = Mapping[str, str]


def vocabulary(table: str, formats: Iterable[Connector]) -> Vocabulary:
    """The meaning of each header of a ledger table: our words first, then what most formats mean by theirs."""
    votes: dict[str, Counter[str]] = {}
    for spec in (spec for connector in formats for spec in connector.tables if spec.says == table):
        for column in spec.columns:
            if (meaning := ALIASES.get(column.key, column.key)) in TABLES[table]:
                for header in column.headers:
                    votes.setdefault(words(header), Counter())[meaning] += 1
    found = {header: counts.most_common(1)[0][0] for header, counts in votes.items()}
    here = {meaning: known for meaning, known in WORDS[table].items() if meaning in (*TABLES[table], OTHERS)}
    ours = {word: meaning for meaning, known in here.items() for word in known.split(", ")}
    return {header: meaning for header, meaning in (found | ours).items() if header}


def ways(header: str) -> list[str]:
    """The ways in which a header may be known: as printed, without what stands in brackets, without its frills."""
    bare = words(re.sub(r"[\(\[].*?[\)\]]", " ", header))
    telling = (word for word in bare.replace("d'", "").split() if word not in IN_PASSING and not network_of(word))
    return [words(header), bare, " ".join(telling)]
