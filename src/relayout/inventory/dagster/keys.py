"""Keys of assets, as Dagster makes them of what is written: parts are joined by ``/``.

See ``AssetKey`` in https://docs.dagster.io/api/dagster/assets: a text is a key of one part, a list
one of several, and an asset stands for its own key.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from relayout.inventory.dagster.names import Names, Place
from relayout.inventory.dagster.values import Arguments, Values, Written
from relayout.inventory.dagster.vocabulary import is_of_dagster
from relayout.source import dotted_name, last_name

_KEYED = {
    "AssetKey": "path",
    "from_user_string": "asset_key_string",
    "from_coercible": "arg",
    "AssetDep": "asset",
    "AssetSpec": "key",
    "SourceAsset": "key",
    "AssetIn": "key",
}
"""What is made of a key, and the name of that argument; it is the first everywhere."""

_DEPTH = 24


class Keys:
    """Reads keys. ``defined`` gives the keys that a name of a module defines, or None."""

    def __init__(
        self,
        names: Names,
        values: Values,
        defined: Callable[[Place], tuple[str, ...] | None],
    ) -> None:
        self._names = names
        self._values = values
        self._defined = defined

    def one(self, written: Written) -> str | None:
        """Return the one key that an expression stands for, or None."""
        found = self.several(written)
        return found[0] if found is not None and len(found) == 1 else None

    def several(self, written: Written) -> tuple[str, ...] | None:
        """Return the keys that an expression stands for, such as those of an asset, or None."""
        for _ in range(_DEPTH):
            node = written.node
            if isinstance(node, ast.Name) and node.id in dict(written.local):
                known = dict(written.local)[node.id]
                if known is None:
                    return None
                written = known
                continue
            if isinstance(node, ast.Name | ast.Attribute):
                defined = self._of_definition(written)
                if defined is not None:
                    return defined
            text = self._values.text(written)
            if text is not None:
                return (text,)
            found = self._values.resolved(written)
            if found is None:
                return None
            if isinstance(found.node, ast.List | ast.Tuple):
                return self._joined(found)
            inner = self._inner(found)
            if inner is None:
                return None
            written = inner
        return None

    def with_prefix(self, prefix: Written | None, name: str) -> str | None:
        """Return the key of a name with a prefix in front of it; None if that is not known."""
        if prefix is None:
            return name
        before = self.prefix(prefix)
        if before is None:
            return None
        return f"{before}/{name}" if before else name

    def prefix(self, written: Written) -> str | None:
        """Return a prefix: a text, or a list of texts."""
        text = self._values.text(written)
        return text if text is not None else "/".join(self._joined(written) or ()) or None

    def _joined(self, written: Written) -> tuple[str, ...] | None:
        parts = [self._values.text(part) for part in self._values.elements(written) or ()]
        return ("/".join(filter(None, parts)),) if parts and None not in parts else None

    def _of_definition(self, written: Written) -> tuple[str, ...] | None:
        node = written.node
        first = dotted_name(node).partition(".")[0]
        if any(name == first for name, _ in written.local):
            return None
        meaning = self._names.meaning(written.path, node)
        if not isinstance(meaning, Place) or meaning.rest not in ("", "key"):
            return None
        return self._defined(meaning._replace(rest=""))

    def _inner(self, written: Written) -> Written | None:
        """Return what a call of ``AssetKey``, ``AssetDep`` and the like is made of, or None."""
        node = written.node
        if not isinstance(node, ast.Call):
            return None
        meaning = self._names.meaning(written.path, node.func)
        argument = _KEYED.get(last_name(node.func))
        if not isinstance(meaning, str) or not is_of_dagster(meaning) or argument is None:
            return None
        arguments: Arguments = self._values.arguments(written)
        return arguments.get(argument, 0)
