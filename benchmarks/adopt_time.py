"""Times the adoption of a repository, beside what CPython needs only to parse its files.

    python benchmarks/adopt_time.py REPOSITORY [REVISION] [--rounds N]

Works on clones in a temporary folder; REPOSITORY is not touched.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from corpora import fresh_clone
from measure import in_turn, number, parse_seconds, relayout, table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository", type=Path)
    parser.add_argument("revision", nargs="?", default="HEAD")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    report: dict[str, Any] = {}

    def parse() -> float:
        with fresh_clone(arguments.repository, arguments.revision) as clone:
            return parse_seconds(clone)

    def adopt() -> float:
        with fresh_clone(arguments.repository, arguments.revision) as clone:
            seconds, output = relayout("adopt", "--layout", "src-layout", "--json", clone)
            report.update(json.loads(output))
            return seconds

    medians = in_turn({"`ast.parse`, one core": parse, "relayout adopt": adopt}, arguments.rounds)
    parsing = medians["`ast.parse`, one core"]
    rows = [[name, number(s), number(s / parsing)] for name, s in medians.items()]
    print(table(["", "seconds", "times `ast.parse`"], rows))
    print()
    for check in report["checks"]:
        numbers = {k: v for k, v in check.items() if isinstance(v, int) and k != "passed"}
        print(f"  {check['name']:<26}{'passed' if check['passed'] else 'FAILED'}  {numbers}")


if __name__ == "__main__":
    main()
