"""Names that new code of a file imports: free ones, and the import statements that bind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from relayout.rewriting.taken_names import free_name

WIDTH = 88
"""Where formatters break a line by default."""


class NewNames:
    """Gives what is imported a name that nothing else in the file has."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = set(taken)
        self._bound: dict[tuple[str, str], str] = {}

    def module(self, dotted: str, *wanted: str) -> str:
        """Return the name that a module is bound to; ``dotted`` may begin with dots.

        ``wanted`` are names that it should have, the best first.
        """
        parent, name = _parted(dotted)
        return self.item(parent, name, *wanted)

    def item(self, module: str, name: str, *wanted: str) -> str:
        """Return the name that what a module has is bound to."""
        key = (module, name)
        if key not in self._bound:
            self._bound[key] = self._free(wanted or (name,))
            self._taken.add(self._bound[key])
        return self._bound[key]

    def _free(self, wanted: Sequence[str]) -> str:
        free = (name for name in wanted if name not in self._taken)
        return next(free, "") or free_name(wanted[0], self._taken)

    def statements(self) -> list[list[str]]:
        """Return the import statements, each as its lines, in the order of their modules."""
        by_module: dict[str, list[tuple[str, str]]] = {}
        for (module, name), bound in sorted(self._bound.items(), key=lambda one: one[1]):
            by_module.setdefault(module, []).append((name, bound))
        return [_statement(module, names) for module, names in sorted(by_module.items())]


def _statement(module: str, names: Sequence[tuple[str, str]]) -> list[str]:
    """Return the lines of a statement that imports names, each as what it is bound to.

    They are measured without their old names: those go when the modules move.
    """
    texts = [name if name == bound else f"{name} as {bound}" for name, bound in names]
    if not module:
        return [f"import {text}" for text in texts]
    if len(from_import(module, [bound for _, bound in names])) == 1:
        return [f"from {module} import {', '.join(texts)}"]
    return from_import(module, texts)


def _parted(dotted: str) -> tuple[str, str]:
    """Return a module's parent, with the dots of a relative name, and its last name."""
    dots = dotted[: len(dotted) - len(dotted.lstrip("."))]
    parent, _, name = dotted[len(dots) :].rpartition(".")
    return dots + parent, name


def from_import(module: str, names: Sequence[str]) -> list[str]:
    """Return the lines of an import of some names."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in names), ")"]
