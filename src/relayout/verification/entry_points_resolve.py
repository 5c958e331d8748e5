"""``entry-points-resolve``: every console script names a function that exists."""

from __future__ import annotations

from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.declared import table_at
from relayout.verification.evidence import Check, Evidence, outcome


def check_entry_points_resolve(evidence: Evidence) -> Check:
    """Count console scripts of ``pyproject.toml`` that lead nowhere."""
    scripts = _console_scripts(evidence)
    finder = evidence.after.resolver.finder
    problems = []
    for name, value in scripts.items():
        module, _, function = value.partition(":")
        located = finder.find(("src", ""), module.strip())
        if located is None or located.file is None:
            problems.append(f"{name} = {value}: there is no module {module}")
        elif function.split("[")[0].strip().partition(".")[0] not in (
            evidence.after.python[located.file].defines
            if located.file in evidence.after.python
            else ()
        ):
            problems.append(f"{name} = {value}: {located.file} has no {function}")
    return outcome("entry-points-resolve", problems, {"scripts": scripts})


def _console_scripts(evidence: Evidence) -> dict[str, str]:
    if "pyproject.toml" not in evidence.after.tree:
        return {}
    try:
        text = evidence.after.tree.read("pyproject.toml").decode("utf-8", errors="replace")
        document: dict[str, Any] = tomlkit.parse(text).unwrap()
    except TOMLKitError:
        return {}
    found = table_at(document, "tool", "poetry", "scripts")
    found = {**found, **table_at(document, "project", "scripts")}
    return {name: value for name, value in found.items() if isinstance(value, str)}
