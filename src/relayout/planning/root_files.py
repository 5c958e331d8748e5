"""How many files a layout lets stand in the root, and what to do about those above that."""

from __future__ import annotations

from collections.abc import Iterator

from relayout.planning.plan import Finding
from relayout.recipes import Recipe
from relayout.tree import Tree

_ADVICE = "Take over what lies beside your files as .relayout-new; --place GLOB=FOLDER/ moves more."


def about_root_files(recipe: Recipe, after: Tree) -> Iterator[Finding]:
    """Yield a finding if more files stand in the root than the layout is meant to have there."""
    files = sorted(path for path in after if "/" not in path)
    if recipe.root_files and len(files) > recipe.root_files:
        message = (
            f"{len(files)} files stand in the root, where the layout has at most"
            f" {recipe.root_files}: {', '.join(files)}"
        )
        yield Finding("crowded-root", ".", 0, message, _ADVICE)
