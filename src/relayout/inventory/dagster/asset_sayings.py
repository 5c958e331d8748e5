"""What definitions of assets, and checks of them, say of themselves by their arguments.

Arguments are those of Dagster's reference (https://docs.dagster.io/api/dagster/assets). What is
computed is left out, and the saying is not certain then.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from relayout.inventory.dagster.bindings import Function
from relayout.inventory.dagster.inputs import inputs_of
from relayout.inventory.dagster.keys import Keys
from relayout.inventory.dagster.kinds import Kinds
from relayout.inventory.dagster.names import Names
from relayout.inventory.dagster.values import Arguments, Values, Written
from relayout.inventory.dagster.vocabulary import is_of_dagster
from relayout.source import code_of, dotted_name, last_name

_OF_ONE_KEY = ("asset", "graph_asset", "observable_source_asset", "source_asset", "asset_spec")


@dataclass(slots=True)
class Saying:
    """What a definition says of itself; fields are those of a definition."""

    key: str = ""
    asset_keys: list[str] = field(default_factory=list)
    upstream: list[str] = field(default_factory=list)
    group: str = ""
    prefix: str = ""
    partitions: str = ""
    certain: bool = True

    def add(self, keys: Iterable[str] | None, to: list[str]) -> None:
        """Add keys; not known ones make the saying uncertain."""
        if keys is None:
            self.certain = False
        to.extend(key for key in keys or () if key not in to)


def partitions_text(arguments: Arguments) -> str:
    """Return the text of what partitions are said to be; of a name, its last part."""
    written = arguments.get("partitions_def")
    if written is None:
        return ""
    return last_name(written.node) if dotted_name(written.node) else code_of(written.node)


class AssetSayings:
    """Reads the arguments of assets and checks."""

    def __init__(self, names: Names, kinds: Kinds, values: Values, keys: Keys) -> None:
        self._names = names
        self._kinds = kinds
        self._values = values
        self._keys = keys
        self.only_keys = False
        """Whether dependencies are left out: another asset asks for nothing but keys."""

    def of_asset(
        self,
        arguments: Arguments,
        kind: str,
        name: str | None,
        path: str,
        function: Function | None,
    ) -> Saying:
        """Return what a definition of assets says: a function's decorator, or a specification."""
        saying = Saying(certain=arguments.certain)
        self._group(saying, arguments)
        saying.partitions = partitions_text(arguments)
        if kind in _OF_ONE_KEY and arguments.get("specs") is None:
            self._own_key(saying, arguments, name)
        else:
            self._own_keys(saying, arguments)
        if function is not None:
            self._inputs(saying, arguments, inputs_of(path, function, self._kinds))
        for name_of_list in ("deps", "non_argument_deps"):
            written = arguments.get(name_of_list)
            if written is not None:
                self._dependencies(saying, written)
        saying.upstream = [key for key in saying.upstream if key not in saying.asset_keys]
        return saying

    def check(self, saying: Saying, arguments: Arguments, has_specs: bool) -> None:
        """Read which assets a check looks at."""
        if not has_specs:
            written = arguments.get("asset", 0)
            saying.add(self._keys.several(written) if written else None, saying.asset_keys)
            return
        specs = arguments.get("specs")
        elements = self._values.elements(specs) if specs is not None else None
        saying.certain = saying.certain and elements is not None
        for element in elements or ():
            asset = self._given(saying, element, "AssetCheckSpec").get("asset", 1)
            saying.add(self._keys.several(asset) if asset else None, saying.asset_keys)

    def _group(self, saying: Saying, arguments: Arguments) -> None:
        group = arguments.get("group_name")
        if group is None:
            return
        text = self._values.text(group)
        saying.certain = saying.certain and text is not None
        saying.group = text or ""

    def _own_key(self, saying: Saying, arguments: Arguments, default: str | None) -> None:
        written = arguments.get("key", 0 if default is None else None)
        prefix = arguments.get("key_prefix")
        if prefix is not None:
            saying.prefix = self._keys.prefix(prefix) or ""
        if written is not None:
            key = self._keys.one(written)
        else:
            named = arguments.get("name")
            name = self._values.text(named) if named is not None else default
            key = self._keys.with_prefix(prefix, name) if name is not None else None
        saying.add((key,) if key is not None else None, saying.asset_keys)

    def _own_keys(self, saying: Saying, arguments: Arguments) -> None:
        """Read the keys of what defines several assets: by its outputs, or by specifications."""
        outs, specs = arguments.get("outs"), arguments.get("specs")
        if outs is None and specs is None:
            saying.certain = False
        for name, out in self._entries(saying, outs):
            said = self._given(saying, out, "AssetOut")
            key = said.get("key")
            found = (
                self._keys.one(key)
                if key
                else self._keys.with_prefix(said.get("key_prefix", 0), name)
            )
            saying.add((found,) if found is not None else None, saying.asset_keys)
            self._group_of_part(saying, said)
        elements = self._values.elements(specs) if specs is not None else []
        saying.certain = saying.certain and elements is not None
        for element in elements or ():
            saying.add(self._keys.several(element), saying.asset_keys)
            said = self._given(saying, element, "AssetSpec")
            self._group_of_part(saying, said)
            dependencies = said.get("deps", 1)
            if dependencies is not None:
                self._dependencies(saying, dependencies)

    def _given(self, saying: Saying, written: Written, name: str) -> Arguments:
        """Return what a class of Dagster's is given; of another call, that is not certain."""
        one = self._values.resolved(written)
        if one is not None and isinstance(one.node, ast.Call):
            meaning = self._names.meaning(one.path, one.node.func)
            if isinstance(meaning, str) and is_of_dagster(meaning) and meaning.endswith(name):
                arguments = self._values.arguments(one)
                saying.certain = saying.certain and arguments.certain
                return arguments
        saying.certain = False
        return Arguments((), {})

    def _group_of_part(self, saying: Saying, arguments: Arguments) -> None:
        part = Saying()
        self._group(part, arguments)
        saying.group = saying.group or part.group
        saying.certain = saying.certain and part.certain

    def _entries(self, saying: Saying, written: Written | None) -> list[tuple[str, Written]]:
        entries = self._values.entries(written) if written is not None else []
        saying.certain = saying.certain and entries is not None
        return entries or []

    def _inputs(self, saying: Saying, arguments: Arguments, names: list[str]) -> None:
        """Read what a function's parameters, and ``ins`` for them, depend on."""
        if self.only_keys:
            return
        given = dict(self._entries(saying, arguments.get("ins")))
        for name in dict.fromkeys([*names, *given]):
            said = Arguments((), {})
            if name in given:
                said = self._given(saying, given[name], "AssetIn")
            key = said.get("key", 0)
            prefix = said.get("key_prefix", 2)
            found = self._keys.one(key) if key else self._keys.with_prefix(prefix, name)
            saying.add((found,) if found is not None else None, saying.upstream)

    def _dependencies(self, saying: Saying, written: Written) -> None:
        if self.only_keys:
            return
        elements = self._values.elements(written)
        saying.certain = saying.certain and elements is not None
        for element in elements or ():
            saying.add(self._keys.several(element), saying.upstream)
