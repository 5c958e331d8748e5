"""Check with import-linter that packages import each other as they declare it, and not otherwise.

The contracts are written anew from every pyproject.toml for each check, so a new package has its own at once.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from workspace import ROOT, Package, packages

PURE = "etl_core"
"""The package of what all share: no framework and no database models."""
FRAMEWORKS = ("django", "sqlalchemy", "sqlmodel", "peewee", "tortoise", "pony", "mongoengine")


def contracts(known: Sequence[Package]) -> str:
    """Return the configuration of import-linter for these packages, as TOML."""
    names = sorted(name for package in known for name in package.namespaces)
    blocks = [
        "[tool.importlinter]\n"
        f"root_packages = {json.dumps(names)}\n"
        "include_external_packages = true\n"
    ]
    for package in known:
        declared = {package.folder, *package.depends}
        others = [
            name for other in known if other.folder not in declared for name in other.namespaces
        ]
        if others and package.namespaces:
            allowed = ", ".join(package.depends) or "no other package"
            blocks.append(_contract(f"{package.folder} imports {allowed}", package, others))
        if package.folder == PURE and package.namespaces:
            blocks.append(_contract(f"{PURE} imports no framework", package, FRAMEWORKS))
    return "\n".join(blocks)


def _contract(name: str, package: Package, forbidden: Sequence[str]) -> str:
    return (
        "[[tool.importlinter.contracts]]\n"
        f"name = {json.dumps(name)}\n"
        'type = "forbidden"\n'
        f"source_modules = {json.dumps(list(package.namespaces))}\n"
        f"forbidden_modules = {json.dumps(sorted(forbidden))}\n"
        # What a declared dependency imports in turn is held by its own contract.
        "allow_indirect_imports = true\n"
    )


def main() -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Check who imports whom among the packages.")
    parser.add_argument("--show", action="store_true", help="print the contracts and stop")
    arguments = parser.parse_args()
    text = contracts(packages())
    if arguments.show:
        print(text, end="")
        return 0
    if "contracts]]" not in text:
        print("There is nothing to keep apart: no package has another beside it.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "contracts.toml"
        config.write_text(text, encoding="utf-8")
        linter = Path(sys.executable).parent / "lint-imports"
        command = [str(linter), "--config", str(config), "--no-cache"]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
