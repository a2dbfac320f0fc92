"""The command line: which commands there are, and how they are written."""

from __future__ import annotations

import argparse
import os
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from commands import annotations, brands, campaigns, demo, exports, mapping, objectives, report, send, sync
from commands.load import load
from commands.voice import Voice
from connectors.base import N_
from data.model import Account
from i18n import LANGUAGES, Locale, negotiate
from reports.model import Edition

PROGRAM = "python vigie.py"
Say = Callable[[str], str]
Run = Callable[[Namespace, Voice], int]

# argparse speaks through gettext, which knows no French.
SAID_BY_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected %s arguments"),
    N_("not allowed with argument %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)


def language(argv: Sequence[str]) -> str:
    """The language asked for with --lang, else that of the terminal."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--lang", nargs="?")
    asked = parser.parse_known_args(argv)[0].lang
    if asked in LANGUAGES:
        return asked
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return negotiate(spoken.replace("_", "-"))


def parser_for(lang: Locale) -> ArgumentParser:
    """All commands and their arguments, explained in one language."""
    t: Say = lang.t
    said = {text: t(text) for text in SAID_BY_ARGPARSE}
    argparse._ = lambda text: said.get(text, text)  # pyright: ignore[reportAttributeAccessIssue]
    argparse.ngettext = lambda one, many, n: said.get(many, many)  # pyright: ignore[reportAttributeAccessIssue]
    top = ArgumentParser(
        prog=PROGRAM,
        description=t("Loads the figures that Vigie shows, and looks after them."),
        epilog=t("More about one command: python vigie.py load --help"),
        allow_abbrev=False,
    )
    top.set_defaults(parser=top)
    commands = _commands(top, t)
    _add_load(commands, t)
    _add_sync(commands, t)
    _add_exports(commands, t)
    _add_objectives(commands, t)
    _add_campaigns(commands, t)
    _add_annotations(commands, t)
    _add_report(commands, t)
    _add_brands(commands, t)
    return top


def _add_load(commands: Any, t: Say) -> None:
    one = _command(
        commands, "load", load, t,
        t("Loads export files. Each is recognised by what it holds; the same file twice changes nothing."),
        "load Content.csv", "load exports --brand acme",
        "load downloads/*.csv --account x:acme,linkedin:acme --as-of 2026-11-16",
    )  # fmt: skip
    one.add_argument("files", nargs="+", metavar=t("FILE"), help=t("files, folders, or patterns such as *.csv"))
    _add_brand(one, t)
    silent = one.add_argument_group(t("where a file does not say it itself"))
    silent.add_argument("--account", type=partial(_accounts, t), default=(), metavar=t("NETWORK:NAME"),
                        help=t("whose figures these are; several with commas between"))  # fmt: skip
    silent.add_argument("--as-of", type=partial(_moment, t), metavar=t("DAY"), help=t("when it was exported"))
    silent.add_argument("--date-order", choices=("dmy", "mdy"),
                        help=t("whether 03/04 is 3 April (dmy) or 4 March (mdy)"))  # fmt: skip
    silent.add_argument("--since", type=partial(_day, t), metavar=t("DAY"),
                        help=t("the day from which its figures count"))  # fmt: skip
    silent.add_argument("--mapping", metavar=t("MAPPING"),
                        help=t("what its columns are: a file as mapping writes it, or a name kept"))  # fmt: skip
    _add_all_problems(one, t)
    one = _command(
        commands, "mapping", mapping.propose, t,
        t("Says what the columns of a table in no known format seem to be, as a file to correct."),
        "mapping planning.xlsx", "mapping planning.xlsx --into my.toml", "load planning.xlsx --mapping my.toml",
    )  # fmt: skip
    one.add_argument("file", metavar=t("FILE"), help=t("a table: CSV or Excel"))
    one.add_argument("--into", metavar=t("FILE"), help=t("where to write it, instead of showing it"))


def _add_sync(commands: Any, t: Say) -> None:
    one = _command(
        commands, "sync", None, t, t("Asks a service for its figures, rather than loading files."),
        "sync ga4 --property 123456789", "sync search-console --site sc-domain:example.org",
    )  # fmt: skip
    one.set_defaults(parser=one)
    within = _commands(one, t)
    one = _command(
        within, "ga4", sync.google_analytics, t,
        t("Asks Google Analytics for what is not known yet. Stopped at any moment, it goes on from there."),
        "sync ga4 --property 123456789 --check", "sync ga4 --property 123456789 --since 2024-11-01", "sync ga4",
        "sync ga4 --people 2026-06-12 2026-06-21",
    )  # fmt: skip
    one.add_argument(
        "--property", metavar=t("NUMBER"), help=t("the number of the property; once it is known, that one")
    )
    days = one.add_mutually_exclusive_group()
    days.add_argument("--since", type=partial(_day, t), metavar=t("DAY"),
                      help=t("how far back; 25 months unless said otherwise"))  # fmt: skip
    days.add_argument("--people", nargs=2, type=partial(_day, t), metavar=(t("FROM"), t("TO")),
                      help=t("only the people of these dates, as they cannot be added over days"))  # fmt: skip
    _add_asking(one, t)
    one = _command(
        within, "search-console", sync.search_console, t,
        t("Asks Search Console for what is not known yet. Stopped at any moment, it goes on from there."),
        "sync search-console --site sc-domain:example.org --check",
        "sync search-console --site https://www.example.org/", "sync search-console",
    )  # fmt: skip
    one.add_argument("--site", metavar=t("PROPERTY"),
                     help=t("the property as Search Console names it; once it is known, that one"))  # fmt: skip
    one.add_argument("--since", type=partial(_day, t), metavar=t("DAY"),
                     help=t("how far back; 16 months, all that Google keeps, unless said otherwise"))  # fmt: skip
    _add_asking(one, t)


def _add_asking(one: ArgumentParser, t: Say) -> None:
    one.add_argument("--key", metavar=t("FILE"), help=t("the key of a service account"))
    one.add_argument("--account", type=partial(_accounts, t), default=(), metavar=t("NETWORK:NAME"),
                     help=t("under which account its figures stand"))  # fmt: skip
    one.add_argument("--check", action="store_true", help=t("only try the connection, and load nothing"))
    _add_brand(one, t)


def _add_exports(commands: Any, t: Say) -> None:
    one = _command(
        commands, "list", exports.show, t, t("Lists the exports that are loaded."),
        "list", "list --brand acme", "list --all",
    )  # fmt: skip
    _add_brand(one, t)
    one.add_argument("--all", action="store_true", help=t("each answer of a service, rather than a line for all"))
    one = _command(
        commands, "forget", exports.forget, t, t("Takes exports back, as if they had never been loaded."),
        "forget Content.csv", "forget 3f9a1c52 --brand acme", "forget ga4:123456789",
    )  # fmt: skip
    one.add_argument(
        "exports", nargs="+", metavar=t("EXPORT"),
        help=t("the name of its file, how its id starts, or the account of the answers of a service"),
    )  # fmt: skip
    _add_brand(one, t)
    one = _command(
        commands, "check", exports.check, t,
        t("Says whether all is sound, how old the figures are and what could not be read."),
        "check", "check --brand acme --max-age 10",
    )  # fmt: skip
    _add_brand(one, t)
    one.add_argument("--max-age", type=int, metavar=t("DAYS"), help=t("after how many days an account is late"))
    _add_all_problems(one, t)
    one = _command(
        commands, "rebuild", exports.rebuild, t,
        t("Reads every export again from the copy kept, as is needed after some updates of Vigie."),
        "rebuild", "rebuild --brand acme",
    )  # fmt: skip
    _add_brand(one, t)


def _add_objectives(commands: Any, t: Say) -> None:
    _add_stated(
        commands, t, "objectives.csv", objectives.load, objectives.show,
        does=t("States what is aimed at, or lists it."),
        loads=t(
            "States the objectives of a file. The same again changes nothing, and no target of a period that is over."
        ),
        holds=t("CSV with the columns metric, scope, period, from, to, at_least, at_most, start, owner; or TOML"),
        lists=t("Lists what is aimed at."),
    )  # fmt: skip


def _add_campaigns(commands: Any, t: Say) -> None:
    _add_stated(
        commands, t, "campaigns.toml", campaigns.load, campaigns.show,
        does=t("States campaigns, or lists them."),
        loads=t(
            "States the campaigns of a file, each in the place of the one of its name. The same again changes nothing."
        ),
        holds=t("TOML with a table [[campaign]] each: name, from, to, what it is known by, cost, hours, result"),
        lists=t("Lists the campaigns."),
    )  # fmt: skip


def _add_annotations(commands: Any, t: Say) -> None:
    _add_stated(
        commands, t, "annotations.csv", annotations.load, annotations.show,
        does=t("Notes what happened on which days, or lists it."),
        loads=t("Notes what a file says. The same again changes nothing."),
        holds=t("CSV with the columns from, to, category, text; or TOML, [[annotation]] each"),
        lists=t("Lists the annotations."),
    )  # fmt: skip


def _add_stated(
    commands: Any, t: Say, file: str, load: Run, show: Run, does: str, loads: str, holds: str, lists: str
) -> None:
    """A command for what people state, of the name of its `file`: it takes one, or lists what is stated."""
    name = file.partition(".")[0]
    one = _command(commands, name, None, t, does, f"{name} load {file}", f"{name} list")
    one.set_defaults(parser=one)
    within = _commands(one, t)
    one = _command(within, "load", load, t, loads, f"{name} load {file}", f"{name} load {name}.toml --brand acme")
    one.add_argument("file", metavar=t("FILE"), help=holds)
    _add_brand(one, t)
    one = _command(within, "list", show, t, lists, f"{name} list")
    _add_brand(one, t)


def _add_report(commands: Any, t: Say) -> None:
    one = _command(
        commands, "report", None, t, t("Makes the weekly report."),
        "report build", "report build --week 2026-W46 --lang fr --out report.pdf",
    )  # fmt: skip
    one.set_defaults(parser=one)
    within = _commands(one, t)
    one = _command(
        within, "build", report.build, t, t("Writes the report of a week as a file: one page, or every figure."),
        "report build --week 2026-W46 --lang fr", "report build --edition full --out reports-out",
        'report build --decision "Approve the budget by Wednesday." --publish',
    )  # fmt: skip
    one.add_argument("--out", metavar=t("PATH"), help=t("the file or the folder to write; here unless said otherwise"))
    one.add_argument("--publish", action="store_true", help=t("keep what it says as handed over"))
    _add_asked(one, t)
    one = _command(
        within, "send", send.send, t,
        t("Sends the report of a week by e-mail, Slack or Teams; never twice, nor half a week, unless told to."),
        "report send --to direction@example.org --dry-run", "report send --week 2026-W46 --to slack,teams",
    )  # fmt: skip
    one.add_argument("--to", required=True, metavar=t("WHOM"),
                     help=t("e-mail addresses, slack or teams, commas between"))  # fmt: skip
    one.add_argument("--dry-run", action="store_true", help=t("only say what would be sent"))
    one.add_argument("--out", metavar=t("PATH"), help=t("with --dry-run: the folder to write it to"))
    one.add_argument("--again", action="store_true", help=t("send it even if it was sent already"))
    one.add_argument("--incomplete", action="store_true", help=t("send it even if the week is not complete"))
    _add_asked(one, t)


def _add_asked(one: ArgumentParser, t: Say) -> None:
    one.add_argument(
        "--week", metavar=t("WEEK"), help=t("as in 2026-W46; the last whole one known unless said otherwise")
    )
    one.add_argument("--edition", choices=[edition.value for edition in Edition], default=Edition.LEADERSHIP.value,
                     help=t("leadership is one page, full has every figure"))  # fmt: skip
    one.add_argument("--comment", metavar=t("TEXT"), help=t("what its author adds"))
    one.add_argument("--decision", metavar=t("TEXT"), help=t("the decision that is requested"))
    one.add_argument("--figures", metavar=t("KEYS"), help=t("the figures on the page, commas between; six at most"))
    one.add_argument("--chart", metavar=t("KEY"), help=t("the figure of the large chart"))
    _add_brand(one, t)


def _add_brands(commands: Any, t: Say) -> None:
    one = _command(
        commands,
        "brand",
        None,
        t,
        t("Makes a brand, or lists the brands."),
        "brand list",
        'brand create "Acme"',
    )
    one.set_defaults(parser=one)
    within = _commands(one, t)
    _command(within, "list", brands.show, t, t("Lists the brands."), "brand list")
    one = _command(
        within, "create", brands.make, t, t("Makes an empty brand."),
        'brand create "Acme"', 'brand create "Acme" --zone America/Montreal --week-start 7',
    )  # fmt: skip
    one.add_argument("name", metavar=t("NAME"), help=t("the name that reports show"))
    one.add_argument("--zone", default="Europe/Paris", metavar=t("PLACE"), help=t("the time zone it lives in"))
    one.add_argument("--week-start", type=int, choices=range(1, 8), default=1, metavar="1..7",
                     help=t("the day its weeks start on: 1 is Monday, 7 is Sunday"))  # fmt: skip
    one = _command(
        within, "join", brands.join, t, t("Says that two accounts measure one site, so that no visit counts twice."),
        "brand join universal_analytics:lumen ga4:lumen",
    )  # fmt: skip
    one.add_argument("account", type=partial(_account, t), metavar=t("NETWORK:NAME"),
                     help=t("the account that completes the other"))  # fmt: skip
    one.add_argument("lead", type=partial(_account, t), metavar=t("NETWORK:NAME"),
                     help=t("the account that counts first, on days that both state"))  # fmt: skip
    _add_brand(one, t)
    one = _command(
        within, "part", brands.part, t, t("Takes back that an account measures the same site as another."),
        "brand part universal_analytics:lumen",
    )  # fmt: skip
    one.add_argument("account", type=partial(_account, t), metavar=t("NETWORK:NAME"), help=t("the account"))
    _add_brand(one, t)
    one = _command(
        within, "sites", brands.sites, t, t("Lists which accounts measure one site."), "brand sites"
    )  # fmt: skip
    _add_brand(one, t)
    one = _command(
        commands, "demo", demo.make, t,
        t("Makes an invented brand with two years of figures, to see what Vigie shows."),
        "demo", "demo --force", "demo --ga4",
    )  # fmt: skip
    one.add_argument("--force", action="store_true", help=t("make it again, even if it is recent"))
    one.add_argument(
        "--ga4", action="store_true",
        help=t("ask for its visits, of a Google Analytics on this computer, into a brand of its own"),
    )  # fmt: skip
    one.add_argument("--since", type=partial(_day, t), metavar=t("DAY"), help=t("with --ga4: how far back"))


def _commands(parser: ArgumentParser, t: Say) -> Any:
    parser.set_defaults(run=None)
    _add_lang(parser, t)
    return parser.add_subparsers(title=t("commands"), metavar=t("COMMAND"))


def _command(commands: Any, name: str, run: Any, t: Say, purpose: str, *examples: str) -> ArgumentParser:
    lines = [t("Examples:"), *(f"  {PROGRAM} {example}" for example in examples)]
    parser: ArgumentParser = commands.add_parser(
        name, help=purpose, description=purpose, epilog="\n".join(lines),
        formatter_class=RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    if run:
        parser.set_defaults(run=run)
        _add_lang(parser, t)
    return parser


def _add_lang(parser: ArgumentParser, t: Say) -> None:
    parser.add_argument("--lang", choices=tuple(LANGUAGES), default=SUPPRESS, help=t("the language spoken here"))


def _add_brand(parser: ArgumentParser, t: Say) -> None:
    parser.add_argument(
        "--brand",
        metavar=t("BRAND"),
        help=t("the brand, as brand list names it; needed if there are several"),
    )


def _add_all_problems(parser: ArgumentParser, t: Say) -> None:
    parser.add_argument("--all-problems", action="store_true", help=t("say all that could not be read"))


def _day(t: Say, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(t("write the day as YYYY-MM-DD")) from error


def _moment(t: Say, text: str) -> datetime:
    day = _day(t, text)
    return datetime(day.year, day.month, day.day)


def _account(t: Say, text: str) -> Account:
    (account, *more) = _accounts(t, text)
    if more:
        raise ArgumentTypeError(t("write it network:name, as in x:acme"))
    return account


def _accounts(t: Say, text: str) -> tuple[Account, ...]:
    parts = text.split(",")
    accounts = tuple(account for part in parts if (account := Account.parse(part)))
    if len(accounts) < len(parts):
        raise ArgumentTypeError(t("write it network:name, as in x:acme"))
    return accounts
