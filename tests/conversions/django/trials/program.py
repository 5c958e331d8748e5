"""Runs commands and says what they printed: under Django, or on the generated base class.

Standard input has one run a line, as JSON: a command line, or the name of a call in ``calls``.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from unittest.mock import patch


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def begin_django(argv: list[str]) -> None:
    from django.core.management import ManagementUtility

    ManagementUtility(["manage.py", *argv]).execute()


def begin_program(argv: list[str]) -> None:
    sys.argv = [f"/somewhere/bin/manage.py {argv[0]}", *argv[1:]]
    importlib.import_module(f"shop.cli.{argv[0]}").Command.main()


def configure_django() -> None:
    import django
    from django.conf import settings

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    settings.configure(INSTALLED_APPS=["shop"], DATABASES={"default": database}, USE_TZ=True)
    django.setup()


def ended(run: Callable[[], object], terminal: bool) -> dict[str, object]:
    out, err = (Terminal(), Terminal()) if terminal else (io.StringIO(), io.StringIO())
    status, message = 0, ""
    with redirect_stdout(out), redirect_stderr(err):
        try:
            run()
        except SystemExit as end:
            message = end.code if isinstance(end.code, str) else ""
            status = 1 if message else end.code or 0
        except BaseException as error:  # as Python ends a program, but for the way there
            status, message = 1, f"{type(error).__name__}: {error}"
    return {"out": out.getvalue(), "err": err.getvalue() + message, "status": status}


def main() -> None:
    under_django = sys.argv[1] == "django"
    begin = begin_django if under_django else begin_program
    if under_django:
        configure_django()
    calls = importlib.import_module("shop.calls").CALLS
    for line in sys.stdin:
        run = json.loads(line)
        do = calls[run["call"]] if "call" in run else partial(begin, run["argv"])
        with patch.dict(os.environ, run.get("environment", {})):
            print(json.dumps(ended(do, run.get("terminal", False))), flush=True)


if __name__ == "__main__":
    main()
