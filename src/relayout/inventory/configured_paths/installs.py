"""Whether the commands that make an image install the project itself, and not only what it needs.

Installers are asked for the project as their documentation says: ``pip install .``
(https://pip.pypa.io/en/stable/cli/pip_install/), ``uv sync``, ``poetry install``, ``pdm install``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from posixpath import basename

_HERE = re.compile(r"\.{1,2}/?(?:\[[^\]]*\])?$")
_LINE_OF_PROJECT = re.compile(r"^\s*(?:(?:-e|--editable)[ =]\s*)?\./?(?:\[|\s|$)", re.MULTILINE)
_INSTALLERS = {
    "uv": ("sync", "--no-install-project"),
    "poetry": ("install", "--no-root"),
    "pdm": ("install", "--no-self"),
    "rye": ("sync", "--no-project"),
    "flit": ("install", "--only-deps"),
}
"""What installs the project with what it needs, and the option that leaves the project out."""
_PIPS = re.compile(r"(?:pip|pip[\d.]+|pipx)$")


def installs_project(
    words: list[str], is_project: Callable[[str], bool], read: Callable[[str], str]
) -> bool:
    """Tell whether a command installs the project.

    ``is_project`` tells whether a path is that of the project, ``read`` gives the text of a
    requirements file.
    """
    plain = [word.strip("\"'") for word in words]
    names = [basename(word) for word in plain]
    for position, name in enumerate(names):
        rest = plain[position + 1 :]
        if _PIPS.match(name) and "install" in rest:
            return _pip_installs(rest, is_project, read)
        if name in _INSTALLERS and rest[:1]:
            verb, without = _INSTALLERS[name]
            if rest[0] == verb:
                return without not in rest
        if name == "setup.py" and {"install", "develop"} & set(rest):
            return True
    return False


def _pip_installs(
    rest: list[str], is_project: Callable[[str], bool], read: Callable[[str], str]
) -> bool:
    arguments = rest[rest.index("install") + 1 :]
    for position, argument in enumerate(arguments):
        bare = argument.removeprefix("--editable=").removeprefix("-e")
        if _HERE.match(bare) or bare.endswith(".whl") or is_project(bare):
            return True
        if argument in ("-r", "--requirement") and position + 1 < len(arguments):
            if _LINE_OF_PROJECT.search(read(arguments[position + 1])):
                return True
    return False


def install_line(commands: Iterable[list[str]], place: str) -> str:
    """Return the instruction that installs the project the way an image installs other things."""
    used = {basename(words[0]): words for words in commands if words}
    if "sync" in used.get("uv", []):
        return "RUN uv sync"
    if "poetry" in used and "pip" not in used:
        return "RUN poetry install --only-root"
    if "uv" in used and "pip" not in used:
        system = " --system" if "--system" in used["uv"] else ""
        return f"RUN uv pip install{system} --no-deps -e {place}"
    return f"RUN pip install --no-deps -e {place}"
