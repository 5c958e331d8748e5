"""Files that say nothing of where their folder went: dead ones, documents, requirements."""

from __future__ import annotations

from posixpath import dirname

from relayout.inventory.requirement_files import FOLDER
from relayout.inventory.search_paths import is_quarantined

_DOCUMENTS = (".md", ".markdown", ".rst", ".mdx")


def is_beside_the_point(old: str, new: str) -> bool:
    """Tell whether a file says nothing of where its folder went."""
    in_quarantine = is_quarantined(new) and not is_quarantined(old)
    went_apart = went_to_documents(old, new) or went_to_requirements(old, new)
    return in_quarantine or "__pycache__/" in old or went_apart


def went_to_documents(old: str, new: str) -> bool:
    """Tell whether a document stands in ``docs/`` now."""
    return old.lower().endswith(_DOCUMENTS) and new.startswith("docs/") and new != old


def went_to_requirements(old: str, new: str) -> bool:
    """Tell whether a file stands with the other requirements now."""
    return dirname(new) == FOLDER and dirname(old) != FOLDER
