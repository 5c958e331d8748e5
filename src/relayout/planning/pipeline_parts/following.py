"""What follows other files: helpers of one pipeline, packages' markers, files beside code."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from posixpath import basename, dirname

from relayout.inventory.paths_of_tests import is_test
from relayout.notebook import is_notebook
from relayout.planning.pipeline_parts.claims import STAYING, Claim, Claims
from relayout.planning.pipeline_parts.evidence import SHELL
from relayout.tree import ancestors

_MOST_ROUNDS = 200
_CODE_SECTIONS = ("orchestration", "scripts")
_SHARED = "shared"
_GROUPING = frozenset(
    {"src", "scripts", "script", "bin", "jobs", "tools", "notebooks", "docs", "tests", "test"}
    | {
        "sql",
        "dags",
        "airflow",
        "dagster",
        "orchestration",
        "config",
        "configs",
        "conf",
        "data",
        "utils",
    }
    | {"plugins", "deploy", "docker", "infrastructure", ".github"}
)


def claim_helpers(claims: Claims) -> None:
    """Claim code that only parts of one pipeline import or start; what several use is shared.

    A helper may have helpers: it is done again until nothing is added.
    """
    for _ in range(_MOST_ROUNDS):
        waiting = [path for path in _waiting(claims) if claims.is_open(path)]
        new = {path: claim for path in waiting if (claim := _of_users(path, claims)) is not None}
        if not new:
            break
        for path, claim in new.items():
            claims.claim(path, claim)
    for _ in range(_MOST_ROUNDS):
        waiting = [path for path in claims.modules if claims.is_open(path)]
        needed = [path for path in waiting if _is_needed(path, claims)]
        if not needed:
            return
        for path in needed:
            claims.claim(path, Claim("", _SHARED, "parts of pipelines import it, and others do"))


def _waiting(claims: Claims) -> list[str]:
    scripts = [path for path in claims.runners if path.endswith((*SHELL, ".sql"))]
    return [*claims.modules, *scripts]


def _of_users(path: str, claims: Claims) -> Claim | None:
    """Return whose helper a file is: that of all who use it. None if it is nobody's alone."""
    importers = {p for p in claims.importers.get(path, ()) if not is_test(p)}
    users = importers | {p for p in claims.runners.get(path, ()) if not is_test(p)}
    owners = [claims.of(user) for user in sorted(users)]
    if not users or any(owner is None or owner.section not in _OWNING for owner in owners):
        return None
    pipelines = {owner.pipeline for owner in owners if owner is not None}
    if len(pipelines) != 1 or "" in pipelines:
        return None
    sections = {c.section for p in importers if (c := claims.of(p)) is not None}
    section = "orchestration" if sections == {"orchestration"} else "scripts"
    first = min(users)
    how = "imports" if first in importers else "starts"
    return Claim(pipelines.pop(), section, f"{first} {how} it, as nothing else does")


_OWNING = (*_CODE_SECTIONS, "notebooks", "dbt")


def _is_needed(path: str, claims: Claims) -> bool:
    """Tell whether a part imports a module that stays unclaimed: it must be found from there."""
    for importer in claims.importers.get(path, ()):
        claim = claims.found.get(importer)
        if claim is not None and claim.section in (*_CODE_SECTIONS, _SHARED):
            return True
    return False


def claim_beside(claims: Claims) -> None:
    """Claim what stands in a folder all of whose claimed code is one part's.

    That is a package, or a folder that carries the pipeline's name. The marker of any other folder
    goes where the modules beside it go, if it is one place.
    """
    owners = _owners_by_folder(claims)
    left = {f for p in claims.modules if _is_left(p, claims) for f in ancestors(p)}
    closed = dict(_closed(owners, left, claims))
    for path in sorted(claims.inventory.tree):
        if path in claims.airflow or claims.is_in_stack(path) or _stays(path, claims):
            continue
        if "/" not in path or not claims.is_open(path):
            continue
        folder = next((f for f in ancestors(path) if f in closed), None)
        if folder is not None:
            claims.claim(path, closed[folder])
        elif basename(path) == "__init__.py":
            found = owners.get(dirname(path), set())
            if len(found) == 1 and dirname(path) not in left:
                pipeline, section = next(iter(found))
                because = "it stands with the modules of its folder"
                claims.claim(path, Claim(pipeline, section, because))


def _stays(path: str, claims: Claims) -> bool:
    """Tell whether a file does not follow code: tests, notebooks, and what tools look for."""
    is_code = path in claims.inventory.python
    if is_code and (is_test(path) or is_notebook(path)):
        return True
    return basename(path) in STAYING or basename(path) in _OF_PROJECTS


_OF_PROJECTS = frozenset(
    {"pyproject.toml", "setup.cfg", "uv.lock", "poetry.lock", "requirements.txt", "Dockerfile"}
    | {"workspace.yaml", "dagster.yaml", "airflow.cfg", "docker-compose.yml", "Makefile"}
)


def _is_left(path: str, claims: Claims) -> bool:
    return claims.is_open(path) and basename(path) != "__init__.py"


def _owners_by_folder(claims: Claims) -> dict[str, set[tuple[str, str]]]:
    """Return whose code each folder has, at any depth."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for path, claim in claims.found.items():
        if path in claims.inventory.python and path not in claims.dbt:
            for folder in ancestors(path):
                owners.setdefault(folder, set()).add((claim.pipeline, claim.section))
    return owners


def _closed(
    owners: Mapping[str, Collection[tuple[str, str]]], left: Collection[str], claims: Claims
) -> Iterator[tuple[str, Claim]]:
    """Yield the folders that are one part's as a whole."""
    for folder, found in owners.items():
        if not folder or len(found) != 1 or basename(folder) in _GROUPING:
            continue
        (pipeline, section) = next(iter(found))
        if section not in _CODE_SECTIONS:
            continue
        is_package = f"{folder}/__init__.py" in claims.inventory.tree
        is_named = pipeline in claims.pipelines.names.in_text(basename(folder))
        if is_named or (is_package and section == "orchestration") or folder not in left:
            because = f"it stands with code of {pipeline}, in {folder}/"
            yield folder, Claim(pipeline, section, because)
