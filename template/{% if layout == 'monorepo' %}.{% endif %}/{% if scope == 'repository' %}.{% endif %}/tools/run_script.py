"""Run one of the console scripts that the packages declare, or list them."""

import subprocess
import sys
from pathlib import Path

from workspace import packages


def main(arguments: list[str]) -> int:
    """Run the script that the first argument names; without one, list what there is."""
    declared = {name: entry for package in packages() for name, entry in package.scripts.items()}
    if not arguments:
        if not declared:
            print("No package has scripts. Declare them in its pyproject.toml.")
            return 0
        print("Run one of the scripts with: make run SCRIPT=name ARGS='...'")
        for name, entry_point in sorted(declared.items()):
            print(f"  {name}  ({entry_point})")
        return 0
    name, *rest = arguments
    if name not in declared:
        known = ", ".join(sorted(declared)) or "none"
        print(f"error: {name} is no script of a package; known: {known}", file=sys.stderr)
        return 2
    path = Path(sys.executable).parent / name
    if not path.is_file():
        print(f"error: {name} is declared but not installed", file=sys.stderr)
        print("  Run: make setup", file=sys.stderr)
        return 2
    return subprocess.run([str(path), *rest], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
