"""Check infrastructure/terraform without Terraform: it can be read, and every name in it exists.

A variable, local value, resource or data source that is used must be declared, and a variable or local
value that is declared must be used. What attributes a provider knows is only known to `terraform validate`;
`make policies` says what is careless.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hcl2

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "infrastructure" / "terraform"
QUOTED = re.compile(r'"(?:\\.|\$\{[^{}]*\}|[^"\\])*"')
REFERENCE = re.compile(r"(?<![\w.\"-])([a-z][\w-]*(?:\.[a-z][\w-]*){1,2})")
# What a name begins with, unless it is a resource: the type of one has an underscore.
KINDS = {"data", "ephemeral", "local", "module", "var"}


def problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the configuration of a folder, each with the file's name."""
    declared: set[str] = set()
    used: dict[str, str] = {}
    for path in sorted(folder.glob("*.tf")):
        try:
            document = hcl2.loads(path.read_text(encoding="utf-8"))
        except Exception as error:  # the parser has no exception of its own
            yield f"{path.name}: cannot be read: {str(error).partition(chr(10))[0]}"
            return
        declared.update(_declared(document))
        for name in _references(document):
            used.setdefault(name, path.name)
    for name, where in sorted(used.items()):
        if name not in declared:
            yield f"{where}: {name} is declared nowhere"
    for name in sorted(declared - used.keys()):
        if name.startswith(("var.", "local.")):
            yield f"{name} is declared, and used nowhere"


def main() -> int:
    """Run the command, and return its exit status."""
    found = list(problems(FOLDER))
    for problem in found:
        print(f"error: infrastructure/terraform: {problem}", file=sys.stderr)
    return 1 if found else 0


def _declared(document: dict[str, Any]) -> Iterator[str]:
    """Yield the names that a file declares, in the form in which they are used."""
    for block in document.get("variable", []):
        yield from (f"var.{_plain(name)}" for name in block)
    for block in document.get("locals", []):
        yield from (f"local.{name}" for name in block if not name.startswith("__"))
    for kind, prefix in (("resource", ""), ("data", "data."), ("ephemeral", "ephemeral.")):
        for block in document.get(kind, []):
            for type_, named in block.items():
                if isinstance(named, dict):
                    yield from (f"{prefix}{_plain(type_)}.{_plain(name)}" for name in named)
    for block in document.get("module", []):
        yield from (f"module.{_plain(name)}" for name in block)


def _references(value: object) -> Iterator[str]:
    """Yield the names that expressions use."""
    if isinstance(value, dict):
        for below in value.values():
            yield from _references(below)
    elif isinstance(value, list):
        for below in value:
            yield from _references(below)
    elif isinstance(value, str):
        for expression in _expressions(value):
            for found in REFERENCE.finditer(expression):
                parts = found[1].split(".")
                if parts[0] in KINDS or "_" in parts[0]:
                    yield ".".join(parts[: 3 if parts[0] in {"data", "ephemeral"} else 2])


def _expressions(text: str) -> Iterator[str]:
    """Yield what stands between `${` and its `}`, with the texts in it replaced by what they compute."""
    start = text.find("${")
    while start >= 0:
        depth, end = 1, start + 2
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        inner = text[start + 2 : end - 1]
        yield QUOTED.sub('""', inner)
        for quoted in QUOTED.findall(inner):
            yield from _expressions(quoted)
        start = text.find("${", end)


def _plain(name: str) -> str:
    return name.strip('"')


if __name__ == "__main__":
    sys.exit(main())
