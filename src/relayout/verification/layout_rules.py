"""``layout-rules``: the repository has the shape that its layout promises."""

from __future__ import annotations

from posixpath import dirname

from relayout.notebook import is_notebook
from relayout.planning.uses import is_outside
from relayout.verification.evidence import Check, Evidence, outcome, placed

_ROOT_MODULES = frozenset({"setup.py", "conftest.py", "noxfile.py"})


def check_layout_rules(evidence: Evidence) -> Check:
    """Count what contradicts the layout: code out of place, uses of quarantine, missing markers."""
    kept = {k.path for k in evidence.plan.kept if k.rule == "--keep"} if evidence.plan else set()
    problems = [*_out_of_place(evidence, kept), *_uses_of_quarantine(evidence)]
    roots = tuple(f"{home.root}/" for home in evidence.homes)
    folders = {dirname(p) for p in evidence.after.tree.modules if p.startswith(roots)}
    problems += [
        f"{folder}/ has modules and no __init__.py"
        for folder in sorted(folders)
        if f"{folder}/__init__.py" not in evidence.after.tree
    ]
    if "pyproject.toml" not in evidence.after.tree:
        problems.append("there is no pyproject.toml, so the package cannot be installed")
    return outcome("layout-rules", problems)


def _out_of_place(evidence: Evidence, kept: set[str]) -> list[str]:
    problems = []
    for path in evidence.after.python:
        top = path.partition("/")[0]
        if path in kept or path in _ROOT_MODULES or top == "src" or not placed(path):
            continue
        if path in evidence.after.frameworks or is_notebook(path):
            continue
        if "/" not in path or not is_outside(top, evidence.recipe):
            problems.append(f"{path} is code outside of the package")
    return problems


def _uses_of_quarantine(evidence: Evidence) -> list[str]:
    return [
        f"{path}:{code.file_line(name.line)}: {name} needs {file}, which is in quarantine"
        for path, code in evidence.after.python.items()
        if placed(path)
        for name, resolution in evidence.after.resolutions(path)
        if resolution.works
        for file in resolution.files
        if not placed(file)
    ]
