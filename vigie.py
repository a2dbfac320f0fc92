"""Vigie from the command line: `python vigie.py --help` says what it can do.

A command gives 0 when all is well, 1 when something is left to do or to look at, 2 when it is not written as
it should be, and 130 when it is stopped with Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from commands.line import language, parser_for
from commands.voice import Voice
from data.model import UserError, says
from i18n import locale

STOPPED = says("Stopped. What was done before stays; of the rest nothing was written.")


def main(argv: Sequence[str]) -> int:
    """Runs one command and gives its status."""
    lang = locale(language(argv))
    args = parser_for(lang).parse_args(argv)
    if args.run is None:
        args.parser.print_help()
        return 2
    voice = Voice(lang)
    try:
        return args.run(args, voice)
    except UserError as error:
        voice.warn(error.message)
        return 1
    except KeyboardInterrupt:
        voice.warn(STOPPED)
        return 130
    except RuntimeError as error:
        if str(error) != "Query interrupted":  # what DuckDB makes of Ctrl-C
            raise
        voice.warn(STOPPED)
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # pyright: ignore[reportAttributeAccessIssue]
    sys.exit(main(sys.argv[1:]))
