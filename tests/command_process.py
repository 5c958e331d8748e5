"""A process that runs commands one after the other, and says what each printed.

Started with ``manager``, it runs them by the ``manage.py`` of the Django project that
``DJANGO_SETTINGS_MODULE`` names; started with a JSON object of console scripts by the names of
commands, it runs those. Standard input has one run a line, as JSON: a command line, or the name of
a call in the module ``shop.calls``.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pkgutil import resolve_name
from unittest.mock import patch


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def begin_manager(argv: list[str]) -> None:
    from django.core.management import execute_from_command_line

    sys.argv = ["manage.py", *argv]
    execute_from_command_line(sys.argv)


def begin_script(scripts: dict[str, str], argv: list[str]) -> None:
    """Run a console script under the name that the command had, for help and errors say it."""
    sys.argv = [f"/somewhere/bin/manage.py {argv[0]}", *argv[1:]]
    resolve_name(scripts[argv[0]])()


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
    if sys.argv[1] == "manager":
        import django

        django.setup()
        begin: Callable[[list[str]], None] = begin_manager
    else:
        begin = partial(begin_script, json.loads(sys.argv[1]))
        sys.modules["django"] = None  # type: ignore[assignment]  # whoever imports it fails
    for line in sys.stdin:
        run = json.loads(line)
        if "call" in run:
            do = resolve_name("shop.calls:CALLS")[run["call"]]
        else:
            do = partial(begin, run["argv"])
        with patch.dict(os.environ, run.get("environment", {})):
            print(json.dumps(ended(do, run.get("terminal", False))), flush=True)


if __name__ == "__main__":
    main()
