"""Every invented export of tests/exports gives what the file beside it expects: BLESS=1 writes those anew.

`<sample>.expected.json` holds what the sample gives, `<sample>.answers.json` what its user is asked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.reading import examine
from data.model import Answer, Answers, Check, Problem, Statement

EXPORTS = Path(__file__).parents[1] / "exports"
ZONE = "Europe/Paris"
BESIDE = (".expected.json", ".answers.json")
SAMPLES = sorted(p for p in EXPORTS.glob("*/*") if not p.name.endswith(BESIDE) and p.name[0] != ".")


def beside(sample: Path, what: str) -> Path:
    return sample.with_name(f"{sample.name}.{what}.json")


def answers_of(sample: Path) -> Answers:
    path = beside(sample, "answers")
    given = json.loads(path.read_text("utf-8")) if path.exists() else {}
    answers = Answers(account=given.get("account"), date_order=given.get("date_order"))
    if "as_of" in given:
        answers = replace(answers, as_of=datetime.fromisoformat(given["as_of"]))
    if "since" in given:
        answers = replace(answers, since=date.fromisoformat(given["since"]))
    return answers


def plain(value: Any) -> Any:
    """A value as JSON prints it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    return round(value, 6) if isinstance(value, float) else value


def said(item: Statement | Problem | Check | Answer) -> dict[str, Any]:
    if isinstance(item, Statement):
        stated = {key: value for key, value in item.values.items() if value is not None}
        fields = {"table": item.table, "row": f"{item.origin.sheet}:{item.origin.row}", **stated}
        return plain(fields | ({"others": item.others} if item.others else {}))
    if isinstance(item, Check):
        return plain({"check": item.what, "row": f"{item.origin.sheet}:{item.origin.row}",
                      "declared": item.declared, "read": item.read})  # fmt: skip
    if isinstance(item, Answer):
        told = asdict(item)
        return plain({"answer": told.pop("table"), "row": f"{item.origin.sheet}:{item.origin.row}", **told})
    fields = {"expected": str(item.expected), "found": item.found, "sheet": item.sheet}
    return fields | {"row": item.row, "column": item.column}


def given_by(sample: Path) -> dict[str, Any]:
    """All that a sample says, asked or unasked."""
    content, answers = sample.read_bytes(), answers_of(sample)
    asked = examine(sample.name, content).questions
    examined = examine(sample.name, content, answers)
    items = [said(item) for item in examined.statements(ZONE)]
    return {
        "connector": examined.connector.key,
        "asks": [question.about for question in asked],
        "accounts": [account.key for account in examined.export.accounts],
        "as_of": plain(examined.export.as_of),
        "statements": [item for item in items if "table" in item],
        "problems": [item for item in items if "expected" in item],
        **({"answers": answered} if (answered := [item for item in items if "answer" in item]) else {}),
        **({"checks": checks} if (checks := [item for item in items if "check" in item]) else {}),
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_gives_what_is_expected(sample: Path) -> None:
    given = given_by(sample)
    path = beside(sample, "expected")
    if os.environ.get("BLESS"):
        path.write_text(json.dumps(given, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert path.exists(), f"{path.name} is missing: look at what BLESS=1 writes, and keep it if it is right"
    assert given == json.loads(path.read_text("utf-8"))


def test_no_expected_file_has_lost_its_sample() -> None:
    files = (path for path in EXPORTS.glob("*/*.json") if path.name.endswith(BESIDE))
    assert not [path for path in files if not path.with_name(path.name.rsplit(".", 2)[0]).exists()]
