"""Programs and what they are known by: what runs Python, what enters a folder, what takes paths."""

from __future__ import annotations

import re
from posixpath import basename

from relayout.inventory.references.commandline.surroundings import unquoted
from relayout.inventory.references.commandline.words import Word

PYTHON = re.compile(
    r"(?:python[\d.]*w?|py|pypy3?"
    r"|\$[({]?(?:\w*python\w*|(?:\w+_)?py\d*)(?::-python[\d.]*)?[)}]?"
    r"|%(?:\w*python\w*|(?:\w+_)?py\d*)%)(?:\.exe)?$",
    re.IGNORECASE,
)
TAKES_VALUE = frozenset({"-X", "-W", "--check-hash-based-pycs"})
MODULE_RUNNERS = frozenset({"coverage", "debugpy", "cProfile", "pdb", "trace"})
RUNNER_TAKES = frozenset(
    {"-o", "--outfile", "-s", "--sort", "--rcfile", "--source", "--listen", "--data-file"}
    | {"--omit", "--include", "--log-to"}
)
HOLD_MODULES = re.compile(r"(?:\w*_)?(?:APP|MODULE)$")
"""Variables such as ``FLASK_APP`` and ``DJANGO_SETTINGS_MODULE``."""
SUBMITS = frozenset({"spark-submit"})
"""Programs that hand a file to Python elsewhere, which runs it by its path."""
SERVERS = frozenset(
    {"gunicorn", "uvicorn", "celery", "hypercorn", "dagster", "flask", "rq", "dagit"}
    | {"dagster-webserver", "dagster-daemon", "dagster-graphql"}
)
RUNNERS = {
    "poetry": "run", "uv": "run", "pipenv": "run", "hatch": "run", "pdm": "run", "rye": "run",
    "conda": "run", "dotenv": "run",
}  # fmt: skip
WRAPPERS = frozenset(
    {"env", "exec", "time", "nohup", "sudo", "command", "then", "do", "else", "if", "while", "elif"}
    | {
        "!",
        "{",
        "call",
        "start",
        "&",
        "xvfb-run",
        "cross-env",
        "until",
        "eval",
        "builtin",
        "shell",
        "not",
    }
)
ENTERS = frozenset({"cd", "pushd", "chdir", "set-location", "push-location", "sl"})
LEAVES = frozenset({"popd", "pop-location"})
SETS = frozenset({"export", "declare", "typeset", "local", "readonly", "set", "setx"})
TAKES_MANY = frozenset(
    {
        "ls",
        "rm",
        "cat",
        "find",
        "du",
        "pytest",
        "py.test",
        "ruff",
        "black",
        "mypy",
        "flake8",
        "isort",
    }
    | {"pylint", "bandit", "pyright", "vulture", "autoflake", "interrogate", "sqlfluff", "yamllint"}
)
"""Programs that do the same to each of many files and folders."""
CHECKS_PYTHON = frozenset(
    {"pytest", "py.test", "ruff", "black", "mypy", "flake8", "isort", "pylint", "bandit", "pyright"}
    | {"vulture", "autoflake", "interrogate"}
)
"""Programs that look for Python files in the folders that they are given."""
ARGUMENTS_FOLLOW = frozenset({"-argumentlist", "-args", "-argument"})
STARTS_IN = dict.fromkeys(("start-process", "new-scheduledtaskaction"), ("-workingdirectory",))
"""Commands of PowerShell that start a program, and the option that says in which folder."""
PRINTS = frozenset({"echo", "printf", "print", "write-host", "write-output", "export-env"})
ELSEWHERE = frozenset(
    {"docker", "podman", "nerdctl", "docker-compose", "ssh", "kubectl", "oc", "heroku", "vagrant"}
    | {"pip", "pip3", "apt", "apt-get", "apk", "yum", "dnf", "brew", "conda", "mamba", "which"}
)
"""Programs after which ``python`` is no program that runs here."""
TAKES_FOLDERS = frozenset(
    {
        "ls",
        "cp",
        "mv",
        "rm",
        "mkdir",
        "rmdir",
        "rsync",
        "tar",
        "zip",
        "chmod",
        "chown",
        "compileall",
        "find",
        "du",
    }
    | {"cat", "source", ".", "bash", "sh", "zsh", "pwsh", "pytest", "py.test", "ruff", "black"}
    | {
        "mypy",
        "flake8",
        "isort",
        "pylint",
        "bandit",
        "pyright",
        "vulture",
        "autoflake",
        "interrogate",
    }
    | {"sqlfluff", "yamllint", "shellcheck", "hadolint", "ln", "touch", "copy-item", "remove-item"}
    | {"move-item", "copy", "xcopy", "robocopy", "del", "rd", "type", "terraform", "spark-submit"}
    | {"get-content", "get-childitem", "test-path", "new-item", "scp", "head", "tail", "wc", "diff"}
    | {"set-content", "add-content", "out-file", "import-module", "exist"}
)
"""Programs that are given files and folders by name: a bare word may be one."""


def name_of(word: Word) -> str:
    """Return the name of a program or built-in, without its folder and ending."""
    bare = unquoted(word).text.lstrip("@-+") or word.text
    return basename(bare.replace("\\", "/")).removesuffix(".exe").lower()


def without_wrappers(words: list[Word]) -> list[Word]:
    """Return the words of a command without those that only say how it is started."""
    rest = list(words)
    while rest:
        name = basename(rest[0].text.lstrip("@-+") or rest[0].text).lower()
        if name in WRAPPERS or rest[0].text in ("@", "-", "+"):
            rest = rest[1:]
        elif name in RUNNERS and len(rest) > 1 and rest[1].text == RUNNERS[name]:
            rest = rest[2:]
            while rest and rest[0].text.startswith("-"):
                takes = rest[0].text in (
                    "--with",
                    "--python",
                    "-p",
                    "-n",
                    "--group",
                    "--extra",
                    "-f",
                )
                rest = rest[2 if takes else 1 :]
        else:
            break
    return rest
