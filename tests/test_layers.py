"""Who may import whom, and what every file of the house keeps to.

RULES is the architecture in one table: `docs/design.md` says why.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*.py")
    if not any(part[0] == "." for part in path.relative_to(ROOT).parts)
)
PAGES = [name for name in MODULES if re.fullmatch(r"pages/[^/]+", name)]
PRODUCT = [name for name in MODULES if not name.startswith(("tests/", "benchmarks/"))]
# Packages of one top-level name, and the distributions they come from.
DISTRIBUTIONS = {
    "google.analytics": "google-analytics-data",
    "google.api_core": "google-analytics-data",  # the errors that its client raises
    "google.auth": "google-auth",
    "google.oauth2": "google-auth",
    "google.protobuf": "protobuf",
    "grpc": "grpcio",
    "pptx": "python-pptx",
}
HOUSE = {name.split("/")[0].removesuffix(".py") for name in MODULES}
GUARD = "from pages.parts.frame import enter; here = enter(__file__)  # fmt: skip"


@dataclass(frozen=True)
class Rule:
    """The modules of `where`, and all that they may import beside the standard library."""

    where: str
    may: tuple[str, ...]
    but: tuple[str, ...] = ()


SHOWING = ("pages.parts", "wording", "metrics", "data.model", "data.objectives", "data.campaigns", "i18n", "streamlit")

# The first rule whose pattern fits a module is its rule.
RULES = (
    # The shared words stand on nothing.
    Rule(r"data/model\.py", ()),
    Rule(r"data/store\.py", ("data", "duckdb"), but=("data.demo",)),
    Rule(r"data/demo/.*", ("data.demo", "data.model", "data.objectives", "data.campaigns", "numpy", "xlsxwriter")),
    Rule(r"data/.*", ("data", "pyarrow"), but=("data.demo", "data.store")),
    # Formats are found, never named: reading finds them, and no other module of the folder may import it.
    Rule(r"connectors/workbook\.py", ("data.model", "python_calamine")),
    Rule(r"connectors/columns\.py", ("data.model", "pyarrow", "numpy")),  # no object for each cell of a long file
    Rule(r"connectors/text\.py", ("connectors.columns", "data.model")),
    Rule(r"connectors/(objects|wrapped)\.py", ()),
    Rule(r"connectors/spreadsheetml\.py", ("data.model",)),
    Rule(
        r"connectors/(sheet|cells)\.py",
        (
            "connectors.workbook",
            "connectors.columns",
            "connectors.text",
            "connectors.objects",
            "connectors.spreadsheetml",
            "connectors.wrapped",
            "data.model",
        ),
    ),
    # Google's client, and what reads its answers, is imported where something is asked of it and nowhere else.
    Rule(r"connectors/ga4/(__init__|answers|reports|windows|names)\.py", ("connectors", "data.model"),
         but=("connectors.reading",)),
    Rule(r"connectors/ga4/.*", ("connectors", "data.model", "google", "grpc", "numpy", "pyarrow"),
         but=("connectors.reading",)),
    Rule(r"connectors/services/keys\.py", ("connectors", "data.model", "google"), but=("connectors.reading",)),
    Rule(r"connectors/search_console_api/client\.py", ("connectors", "data.model", "google"),
         but=("connectors.reading",)),
    Rule(r"connectors/.*", ("connectors", "data.model"), but=("connectors.reading", "connectors.ga4")),
    # Metrics are given a cursor: they open nothing and show nothing.
    Rule(r"metrics/days_off\.py", ("metrics", "holidays")),
    Rule(r"metrics/peaks\.py", ("metrics", "numpy", "statsmodels")),
    Rule(r"metrics/shrinkage\.py", ("metrics", "numpy", "scipy")),
    Rule(r"metrics/effect\.py", ("metrics", "numpy", "scipy", "statsmodels")),
    Rule(r"metrics/.*", ("metrics", "data.model", "data.objectives", "data.campaigns", "numpy", "pandas")),
    Rule(r"i18n/.*", ("i18n", "data.model", "babel")),
    # Figures in words, for pages and reports alike: no page, and nothing that draws.
    Rule(r"wording/.*", ("wording", "metrics", "data.model", "data.objectives", "data.campaigns", "i18n")),
    # Reports draw what metrics give, and know neither pages nor the warehouse; what people state is read for them.
    Rule(r"reports/given\.py", ("reports", "metrics", "data.model", "data.objectives", "data.campaigns", "data.store")),
    Rule(r"reports/(xlsx|workbook/.*)\.py", ("reports", "wording", "i18n", "xlsxwriter")),
    Rule(r"reports/pdf\.py", ("reports", "wording", "data.model", "typst")),
    Rule(r"reports/(page|templates)\.py", ("reports", "wording", "jinja2", "markupsafe")),
    Rule(r"reports/(pptx|slide/.*)\.py", ("reports", "wording", "pptx")),
    Rule(r"reports/picture\.py", ("reports", "typst")),
    Rule(r"reports/.*", ("reports", "wording", "metrics", "data.model", "data.objectives", "data.campaigns", "i18n")),
    # What is sent is made elsewhere; only the standard library speaks to servers.
    Rule(r"delivery/.*", ("delivery", "connectors.services.secrets", "data.model")),
    Rule(r"pages/parts/(plot|charts|bullet|hours|banded|aligned|limits)\.py", (*SHOWING, "plotly")),
    Rule(r"pages/parts/connected\.py", (*SHOWING, "data.store", "connectors")),  # for the page Sources
    Rule(r"pages/parts/report(ed)?\.py", (*SHOWING, "reports")),  # for the page Report
    Rule(r"pages/parts/.*", (*SHOWING, "data.checks", "data.store", "pandas")),
    Rule(r"pages/sources\.py", (*SHOWING, "data.store", "connectors")),
    Rule(r"pages/[^/]+", SHOWING),
    Rule(r"app\.py", ("pages.parts", "data.store", "i18n", "streamlit")),
    # The command line may ask anything but the pages, and needs nothing that draws.
    Rule(r"commands/demo\.py", ("commands", "connectors", "data", "i18n", "loopback")),
    Rule(r"commands/(report|line)\.py", ("commands", "connectors", "wording", "metrics", "data", "i18n", "reports")),
    Rule(r"commands/send\.py", ("commands", "data", "delivery", "reports")),
    Rule(r"commands/.*", ("commands", "connectors", "wording", "metrics", "data", "i18n")),
    Rule(r"vigie\.py", ("commands", "data", "i18n")),
    # Services of others, on this computer, for tests and the demo; nothing of the product knows them.
    Rule(
        r"loopback/.*",
        ("loopback", "data.demo", "data.model", "duckdb", "google.analytics", "google.auth", "grpc", "numpy", "pandas",
         "cryptography"),
    ),
    Rule(r"docs/.*", ("wording.names", "connectors", "metrics", "data.model", "i18n", "babel")),
    # Peers that are measured beside Vigie are in the requirements of the benchmarks.
    Rule(
        r"benchmarks/.*",
        ("benchmarks", "loopback", "metrics", "reports", "data", "connectors", "duckdb", "google.analytics", "pandas",
         "dlt", "numpy", "scipy", "statsmodels", "statsforecast", "prophet"),
    ),
)  # fmt: skip


def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


@cache
def imported(name: str) -> frozenset[str]:
    """The modules that a module imports, wherever it does; `from data import kept` is data.kept."""
    return frozenset(_imports(name))


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level and node.module, f"{name}:{node.lineno}: write the module in full"
            folder = ROOT / node.module.replace(".", "/")
            for alias in node.names:
                inside = (folder / f"{alias.name}.py").exists() or (folder / alias.name).is_dir()
                yield f"{node.module}.{alias.name}" if inside else node.module


def third_party(name: str) -> set[str]:
    """The distributions that a module needs beside the standard library."""
    house = sys.stdlib_module_names | HOUSE | {Path(other).stem for other in MODULES if other[:5] == "tests"}
    return {distribution(module) for module in imported(name) if module.split(".")[0] not in house}


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def rule_of(name: str) -> Rule | None:
    return next((rule for rule in RULES if re.fullmatch(rule.where, name)), None)


def required(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {match[0] for line in lines if (match := re.match(r"[\w-]+", line)) and line[0] != "-"}


def distribution(module: str) -> str:
    known = (name for package, name in DISTRIBUTIONS.items() if within(module, (package,)))
    return next(known, module.split(".")[0].replace("_", "-"))


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("tests/")])
def test_a_module_imports_only_what_its_place_in_the_house_allows(name: str) -> None:
    rule = rule_of(name)
    assert rule, f"{name} stands nowhere in the house: give it a rule here and a line in docs/design.md"
    refused = {
        module
        for module in imported(name)
        if module.split(".")[0] not in sys.stdlib_module_names
        and (not within(module, rule.may) or within(module, rule.but))
    }
    less = f", less {', '.join(rule.but)}" if rule.but else ""
    assert not refused, f"{name} may import {', '.join(rule.may) or 'the standard library only'}{less}"


def test_every_rule_is_about_something() -> None:
    idle = [rule.where for rule in RULES if not any(rule_of(name) is rule for name in MODULES)]
    assert not idle


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("connectors/")])
def test_no_format_imports_another(name: str) -> None:
    formats = {other[:-3].replace("/", ".") for other in MODULES if other[:11] == "connectors/" and declares(other)}
    assert not formats & set(imported(name))


@cache
def declares(name: str) -> bool:
    """Whether a module declares a format."""
    targets = (target for node in tree(name).body if isinstance(node, ast.Assign) for target in node.targets)
    return any(isinstance(target, ast.Name) and target.id == "CONNECTOR" for target in targets)


def test_formats_are_declared() -> None:
    assert sum(declares(name) for name in MODULES if name.startswith("connectors/")) >= 10


@pytest.mark.parametrize("name", PAGES)
def test_a_page_begins_with_the_guard(name: str) -> None:
    first = (ROOT / name).read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == GUARD, "without it a link to this page ends in an error while the server is cold"


def test_nothing_but_pages_stands_in_pages() -> None:
    beside = {path.name for path in (ROOT / "pages").iterdir()} - {Path(name).name for name in PAGES}
    assert beside <= {"parts", "__pycache__"}, "Streamlit takes whatever stands there for a page"


def test_every_page_is_in_the_navigation() -> None:
    (keys,) = (
        [ast.literal_eval(key) for key in node.value.keys if key]
        for node in tree("app.py").body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        if [target.id for target in node.targets if isinstance(target, ast.Name)] == ["PAGES"]
    )
    assert sorted(keys) == [Path(name).stem for name in PAGES]


def zero_filled(text: str) -> list[str]:
    """The calls that would make 0 of what is not stated."""
    found = []
    for match in re.finditer(r"\b(coalesce|ifnull|nvl|fillna|fill_null)\s*\(", text, re.IGNORECASE):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        call = text[match.start() : end]
        if re.search(r"[,(=]\s*[\"']?0(\.0*)?[\"']?\s*(::\s*\w+\s*)?\)$", call):
            found.append(call)
    return found


ZEROS = (
    "coalesce(x, 0)",
    "COALESCE(sum(a), b,\n 0.0)",
    "ifnull(x,0)",
    "coalesce(x, 0::double)",
    "fillna(value=0)",
)


@pytest.mark.parametrize("text", ZEROS)
def test_a_zero_put_in_the_place_of_nothing_is_found(text: str) -> None:
    assert zero_filled(text)


@pytest.mark.parametrize("text", ["coalesce(a, b)", "coalesce(as_of, last_day), 0", "nullif(x, 0)", "coalesce(a, 10)"])
def test_the_first_that_is_stated_is_no_zero(text: str) -> None:
    assert not zero_filled(text)


def test_what_is_not_stated_is_never_made_zero() -> None:
    code = [*(ROOT / name for name in MODULES), *(ROOT / "data").glob("*.sql")]
    texts = {path: path.read_text(encoding="utf-8") for path in code if path != Path(__file__)}
    assert not {path.name: found for path, text in texts.items() if (found := zero_filled(text))}


def test_no_module_needs_what_the_requirements_do_not_name() -> None:
    needed = {package: name for name in PRODUCT for package in third_party(name)}
    assert not needed.keys() - required("requirements.in")


def test_the_requirements_name_nothing_that_no_module_needs() -> None:
    needed = {package for name in PRODUCT for package in third_party(name)}
    assert required("requirements.in") - needed == {"tzdata"}, "tzdata is for systems without time zones"


def test_no_test_needs_what_the_requirements_do_not_name() -> None:
    files = (
        "requirements.in",
        "requirements-dev.in",
        "benchmarks/requirements.txt",
        "benchmarks/requirements-peaks.txt",
    )
    named = {name for file in files for name in required(file)}
    needed = {package: name for name in MODULES if name not in PRODUCT for package in third_party(name)}
    assert not needed.keys() - named
