"""Scripts, notebooks, documents and tests: whose they are by their names and by what they read."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname

from relayout.inventory.paths_of_tests import is_test
from relayout.notebook import is_notebook
from relayout.planning.kinds import kind_of
from relayout.planning.pipeline_parts.claims import Claim, Claims
from relayout.planning.pipeline_parts.evidence import SHELL, Evidence
from relayout.planning.pipeline_parts.names import words_of
from relayout.planning.pipeline_parts.services import mounted_folders
from relayout.tree import ancestors

SHARED = "shared"
_DOCUMENTS = (".md", ".rst", ".adoc", ".pdf", ".docx", ".qmd", ".drawio", ".png", ".svg", ".jpg")
_SETTINGS = frozenset(
    {"config", "configs", "conf", "data", ".github", "infrastructure", "terraform"}
)
"""Folders of the root whose files code finds by paths that it computes."""
_QUERIES = frozenset({"sql", "queries", "query", "scripts", "analysis", "analyses", "ddl"})
"""Folders of the root whose SQL somebody runs by hand, or a script."""


def claim_files(claims: Claims, evidence: Evidence) -> None:
    """Claim scripts, notebooks and documents that say whose they are."""
    for path in sorted(claims.inventory.tree):
        is_elsewhere = path in claims.orchestrating or claims.is_in_stack(path)
        if path.endswith("__init__.py") or is_elsewhere:
            continue
        section = _section(path, claims)
        if not section or not claims.is_open(path) or path.partition("/")[0] in _SETTINGS:
            continue
        named = evidence.of_path(path)
        if len(named) == 1:
            (name,) = named
            claims.claim(path, Claim(name, section, f"its path says {name}"))
        elif not named and section != "docs" and not path.endswith(".sql"):
            _claim_by_content(path, section, claims, evidence)


def _section(path: str, claims: Claims) -> str:
    """Return which part of a pipeline a file can be; empty for what follows other files."""
    if is_notebook(path):
        return "notebooks"
    if path in claims.inventory.python:
        is_no_script = is_test(path) or path not in claims.module_set or _is_for_tests(path)
        return "" if is_no_script else "scripts"
    if path.endswith(".sql"):
        return "scripts" if path.partition("/")[0].lower() in _QUERIES else ""
    if path.endswith(SHELL):
        return "scripts"
    return "docs" if _is_document(path, claims) else ""


def _is_document(path: str, claims: Claims) -> bool:
    """Tell whether a file is a document, or a picture of one."""
    if not path.lower().endswith(_DOCUMENTS):
        return False
    if path.partition("/")[0] in ("docs", "doc", "documentation"):
        return True
    return kind_of(path, claims.inventory.tree) == "document"


def _is_for_tests(path: str) -> bool:
    """Tell whether a file is in a folder of tests."""
    words = (words_of(folder) for folder in dirname(path).split("/"))
    return any(word[-1:] in (("tests",), ("test",)) for word in words)


def _claim_by_content(path: str, section: str, claims: Claims, evidence: Evidence) -> None:
    shown = evidence.of_content(path)
    if len(shown.all) != 1:
        return
    ((name, why),) = shown.all.items()
    if shown.tables or not shown.elsewhere:
        claims.claim(path, Claim(name, section, why))


def claim_tests(claims: Claims, evidence: Evidence) -> None:
    """Claim the tests of what one pipeline has, and of what all share.

    A service that mounts a folder of tests runs them all.
    """
    mounted = mounted_folders(claims.inventory)
    for path in claims.inventory.python:
        if not mounted.isdisjoint(ancestors(path)):
            continue
        if not is_test(path) or is_notebook(path) or path.endswith("conftest.py"):
            continue
        if not claims.is_open(path) or claims.is_in_stack(path):
            continue
        owners = {c.pipeline or c.section for c in _tested(path, claims)}
        named = evidence.of_path(path)
        if evidence.of_content(path).elsewhere:
            continue
        if len(owners) == 1 and not _needs_others(path, claims):
            (owner,) = owners
            if owner == SHARED:
                claims.claim(path, Claim("shared", "tests", "it tests what pipelines share"))
            elif not owner.startswith("platform"):
                claims.claim(path, Claim(owner, "tests", f"it tests parts of {owner}"))
        elif not owners and len(named) == 1:
            (owner,) = named
            claims.claim(path, Claim(owner, "tests", f"its path says {owner}"))
    _claim_markers_of_tests(claims)


def _tested(path: str, claims: Claims) -> Iterable[Claim]:
    needed = claims.imports.get(path, frozenset()) | claims.named_by(path)
    return [claim for file in sorted(needed) if (claim := claims.of(file)) is not None]


def _needs_others(path: str, claims: Claims) -> bool:
    """Tell whether a test imports code that is of no part: what stands beside it, or is placed."""
    return any(
        claims.of(file) is None and not file.endswith("__init__.py")
        for file in claims.imports.get(path, frozenset())
    )


def _claim_markers_of_tests(claims: Claims) -> None:
    """Claim what stands in a folder of tests that are all one pipeline's."""
    tests = [p for p in claims.inventory.python if is_test(p) and not p.endswith("conftest.py")]
    owners: dict[str, set[Claim | None]] = {}
    for path in tests:
        claim = claims.found.get(path)
        key = Claim(claim.pipeline, claim.section, "") if claim is not None else None
        for folder in ancestors(path):
            owners.setdefault(folder, set()).add(key)
    for path in sorted(claims.inventory.tree):
        if not _is_for_tests(path) or not claims.is_open(path):
            continue
        found = next((owners[f] for f in ancestors(path) if f in owners), set())
        if len(found) == 1 and (one := next(iter(found))) is not None and one.section == "tests":
            claims.claim(path, Claim(one.pipeline, "tests", "it stands with its tests"))
