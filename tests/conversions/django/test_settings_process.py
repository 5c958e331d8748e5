"""What Django did for a process before it ran a command, and what the package's module does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from conversions.django.settings_projects import COMMAND, HOME, Converted, convert, write

SETUP = f"{HOME.root}/config/process_setup.py"

CODE = """\
import logging
from datetime import datetime

from django.conf import settings

log = logging.getLogger(__name__)


def run():
    log.debug("debug")
    log.info("info %s", settings.SIZE)
    log.warning("warning")
    logging.getLogger("elsewhere").error("error")
    print(datetime(2024, 1, 1).astimezone().utcoffset())
"""

LOGGING = """\
import os
import sys

SIZE = 3
DEBUG = os.environ.get("DEBUG") == "1"
TIME_ZONE = "Asia/Kathmandu"
LOGGING = {
    "version": 1,
    "formatters": {"short": {"format": "%(levelname)s %(message)s"}},
    "filters": {
        "live": {"()": "django.utils.log.RequireDebugFalse"},
        "debug": {"()": "django.utils.log.RequireDebugTrue"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler", "formatter": "short", "filters": ["live"],
        },
        "noisy": {"class": "logging.StreamHandler", "stream": sys.stdout, "filters": ["debug"]},
    },
    "loggers": {
        "orders": {"handlers": ["console", "noisy"], "level": "INFO"},
        "orders.management.nothing": {"level": "DEBUG"},
    },
    "root": {"handlers": ["console"], "level": "ERROR"},
}
"""

BEFORE = (
    "import django; django.setup(); from orders.management.commands.load import run; "
    "import logging; logging.getLogger('later'); run()"
)
AFTER = (
    "import sys; sys.modules['django'] = None; from shop.cli.load import run; "
    "from shop.config.process_setup import set_up; set_up(); run()"
)


def project(settings: str) -> Converted:
    return convert(
        {
            "project/__init__.py": "",
            "project/settings.py": settings,
            "orders/__init__.py": "",
            COMMAND: CODE,
        }
    )


def printed(root: Path, program: str, path: Path, variables: Mapping[str, str]) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@pytest.mark.parametrize("variables", [{}, {"DEBUG": "1"}, {"TZ": "America/Lima"}])
@pytest.mark.parametrize(
    "settings",
    [
        LOGGING,
        LOGGING.replace('"orders":', '"shop":').replace('"root"', '"unused"'),
        "SIZE = 1\n",
        "SIZE = 1\nTIME_ZONE = 'Europe/Paris'\n",
        "SIZE = 1\nTIME_ZONE = None\nLOGGING = {}\n",
    ],
)
def test_a_job_logs_and_counts_hours_as_its_command_did(
    settings: str, variables: Mapping[str, str], tmp_path: Path
) -> None:
    done = project(settings)
    root = write(tmp_path / "before", done.before)
    said = {"DJANGO_SETTINGS_MODULE": "project.settings", **variables}
    before = printed(root, BEFORE, root, said)
    root = write(tmp_path / "after", done.after)
    assert printed(root, AFTER, root / HOME.source, variables) == before
    assert not done.conversion.findings


def test_a_logger_that_is_called_as_the_package_changes_nothing(tmp_path: Path) -> None:
    settings = LOGGING.replace('"orders":', '"shop": {"level": "INFO"}, "orders":')
    done = project(settings)
    assert '"shop.cli.load": "orders.management.commands.load"' in done.after[SETUP]
    root = write(tmp_path / "before", done.before)
    before = printed(root, BEFORE, root, {"DJANGO_SETTINGS_MODULE": "project.settings"})
    root = write(tmp_path / "after", done.after)
    twice = AFTER.replace("set_up();", "set_up(); set_up();")
    assert printed(root, twice, root / HOME.source, {}) == before


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("LOGGING_CONFIG = None\nLOGGING = {'version': 1}\n", "in a way of its own"),
        (
            "LOGGING = {'handlers': {'mail': {'class': 'django.utils.log.AdminEmailHandler'}}}\n",
            "it needs django.utils.log.AdminEmailHandler",
        ),
        ("import uwsgi\nLOGGING = {'version': uwsgi.opt}\n", "it is computed by uwsgi.opt"),
        (
            "import uwsgi\nDEBUG = uwsgi.opt\n"
            "LOGGING = {'filters': {'a': {'()': 'django.utils.log.RequireDebugTrue'}}}\n",
            "it depends on DEBUG, which is not carried over",
        ),
    ],
)
def test_logging_that_only_django_can_configure_is_reported(settings: str, reason: str) -> None:
    done = project(f"SIZE = 1\n{settings}")
    assert any(reason in message for message in done.said("django-setting-computed"))
    assert "LOGGING" not in done.after[SETUP]


def test_without_commands_nothing_is_set_up() -> None:
    code = "from django.conf import settings\nprint(settings.TIME_ZONE)\n"
    done = convert({"project/settings.py": "TIME_ZONE = 'UTC'\n", "services/hours.py": code})
    assert SETUP not in done.after
    assert "TIME_ZONE = 'UTC'" in done.settings
