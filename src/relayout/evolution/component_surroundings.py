"""The repository around a component's old rendering, as it was when the component was rendered.

A repository is brought to a version before its components are. So what a component imports has
moved already when the component's turn comes, and its old rendering names it as it was called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from relayout.evolution.answers import carried_over
from relayout.evolution.versions import Declared
from relayout.tree import Tree


def surrounded(
    base: Tree, ours: Tree, versions: Sequence[Declared], answers: Mapping[str, Any]
) -> tuple[Tree, dict[str, str]]:
    """Return a component's rendering within the repository, and the repository's moves.

    ``base`` is the rendering before the first of the ``versions``, with these ``answers``; ``ours``
    is the user's tree after the last of them, but for the component. Its other files stand where
    they stood before the first version; the moves are those that this version made of them.
    """
    tree = ours.with_files_of(base)
    of_repository = {**answers, "scope": "repository"}
    back: dict[str, str] = {}
    taken = set(tree)
    for path, origin in _origins(set(tree) - set(base), versions, of_repository).items():
        if origin not in taken:
            taken.add(origin)
            back[path] = origin
    return tree.moved(back), versions[0].moves_of(back.values(), of_repository)


def _origins(
    paths: set[str], versions: Sequence[Declared], answers: Mapping[str, Any]
) -> dict[str, str]:
    """Return where those of the paths stood before the first version that stood elsewhere."""
    stages = []
    for version in versions:
        stages.append((version, answers))
        answers = carried_over(answers, version.answers)
    places = {path: path for path in sorted(paths)}
    for version, known in reversed(stages):
        origins = version.origins_of(places.values(), known)
        places = {path: origins.get(place, place) for path, place in places.items()}
    return {path: place for path, place in places.items() if path != place}
