"""Compile requirements/*.txt: every version that an environment gets, from what is asked for.

`requirements/base.txt` comes from the dependencies in pyproject.toml, and `requirements/<group>.txt` from
them and a group of that file. `requirements/<name>.in` gives `<name>.txt`, for an environment of its own.
Versions stay as they are while they fit; `--upgrade` takes the newest. `--check` writes nothing, needs no
network, and fails if a file does not hold what is asked for. A file that does not begin as this tool
begins it is somebody's own, and left alone.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Compiled by `make requirements`. Do not edit.\n"


def asked_for(root: Path) -> dict[str, list[Requirement]]:
    """Return what each file of requirements/ has to hold, by the file's name without ending."""
    document = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    base = document.get("project", {}).get("dependencies", [])
    groups: dict[str, Any] = document.get("dependency-groups", {})
    texts = {"base": base, **{name: [*base, *_members(groups, name)] for name in groups}}
    for path in sorted((root / "requirements").glob("*.in")):
        texts[path.stem] = path.read_text(encoding="utf-8").splitlines()
    return {name: list(_parsed(lines)) for name, lines in texts.items()}


def unmet(wanted: list[Requirement], compiled: str) -> Iterator[str]:
    """Yield what is asked for, and not held by the text of a compiled file."""
    pins = {canonicalize_name(pin.name): pin for pin in _parsed(compiled.splitlines())}
    for requirement in wanted:
        pin = pins.get(canonicalize_name(requirement.name))
        version = str(pin.specifier).removeprefix("==") if pin else ""
        if not version or not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement} is asked for, and {pin or 'nothing'} is there"


def compile_all(root: Path, uv: str, upgrade: bool) -> None:
    """Write the files anew. Each takes over the versions of base.txt, but for those with an .in file."""
    wanted = asked_for(root)
    folder = root / "requirements"
    folder.mkdir(exist_ok=True)
    for name in sorted(wanted, key=lambda name: (name != "base", name)):
        target = folder / f"{name}.txt"
        if target.is_file() and not _is_compiled(target):
            print(f"requirements/{name}.txt was not written by this tool, and is left alone")
            continue
        source = [f"requirements/{name}.in"]
        if not (root / source[0]).is_file():
            source = ["pyproject.toml"]
            if name != "base":
                source += ["--group", name]
                if _is_compiled(folder / "base.txt"):
                    source += ["--constraint", "requirements/base.txt"]
        command = [uv, "pip", "compile", "--quiet", "--universal", "--no-annotate", "--no-header"]
        command += ["--python-version", _first_python(root), *["--upgrade"] * upgrade, *source]
        subprocess.run([*command, "--output-file", str(target)], cwd=root, check=True)
        target.write_text(HEADER + target.read_text(encoding="utf-8"), encoding="utf-8")


def check(root: Path) -> list[str]:
    """Return what is missing in the compiled files, each with the name of its file."""
    paths = {name: root / "requirements" / f"{name}.txt" for name in asked_for(root)}
    return [
        f"requirements/{name}.txt: {problem}"
        for name, wanted in asked_for(root).items()
        if _is_compiled(paths[name])
        for problem in unmet(wanted, paths[name].read_text(encoding="utf-8"))
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if they differ")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    parser.add_argument("--uv", default="uv", help="the program uv (default: the one on PATH)")
    options = parser.parse_args(arguments)
    if options.check:
        problems = check(ROOT)
        for problem in problems:
            print(f"error: {problem}", file=sys.stderr)
        if problems:
            print("  Run: make requirements", file=sys.stderr)
        return 1 if problems else 0
    try:
        compile_all(ROOT, options.uv, options.upgrade)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _members(groups: dict[str, Any], name: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the requirements of a group, with those of the groups that it includes (PEP 735)."""
    if name in above:
        return
    for member in groups.get(name, []):
        if isinstance(member, str):
            yield member
        else:
            yield from _members(groups, member["include-group"], (*above, name))


def _parsed(lines: list[str]) -> Iterator[Requirement]:
    """Yield the requirements of lines that count on this Python; options of pip are left out."""
    for line in lines:
        text = re.split(r"(?:^|\s)#", line)[0].strip()
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement


def _is_compiled(path: Path) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace").startswith(HEADER)


def _first_python(root: Path) -> str:
    """Return the first version of Python that the package runs on."""
    document = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    found = re.search(r">=\s*(\d+\.\d+)", document["project"].get("requires-python", ""))
    return found[1] if found else f"{sys.version_info.major}.{sys.version_info.minor}"


if __name__ == "__main__":
    sys.exit(main())
