"""Templates in a repository, from which files are made: what is in them is no code of its own.

Known are those of Copier (https://copier.readthedocs.io/en/stable/creating/) and Cookiecutter
(https://cookiecutter.readthedocs.io/en/stable/overview.html), by the file that asks the questions.
One that stands in the root is what the repository is, and its own code is read.
"""

from __future__ import annotations

from posixpath import basename, dirname

from relayout.tree import Tree, ancestors

_QUESTIONS = frozenset({"copier.yml", "copier.yaml", "cookiecutter.json"})


def template_files(tree: Tree) -> frozenset[str]:
    """Return the files of the templates in folders of a tree."""
    tops = {dirname(path) for path in tree if basename(path) in _QUESTIONS} - {""}
    if not tops:
        return frozenset()
    return frozenset(path for path in tree if not tops.isdisjoint(ancestors(path)))
