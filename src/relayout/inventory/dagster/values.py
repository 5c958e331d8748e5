"""What expressions of a module say without being run: texts, elements of lists, and arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from relayout.inventory.dagster.bindings import Function
from relayout.inventory.dagster.names import Names, Place
from relayout.source import dotted_name

_DEPTH = 24
"""How deep expressions are followed."""

_LONGEST = 500
"""Longer texts are no names."""

_MOST = 2_000
"""So many elements of a list at most are looked at."""


class Written(NamedTuple):
    """An expression, the module that it is written in, and what names of loops stand for there."""

    path: str
    node: ast.expr
    local: tuple[tuple[str, Written | None], ...] = ()

    def other(self, node: ast.expr) -> Written:
        """Return an expression that is written in the same place."""
        return self._replace(node=node)


class Arguments(NamedTuple):
    """What a call is given; ``certain`` is False if some of it cannot be told."""

    positional: tuple[Written, ...]
    named: Mapping[str, Written]
    certain: bool = True

    def get(self, name: str, position: int | None = None) -> Written | None:
        """Return an argument by its name, or by its position, or None."""
        if name in self.named:
            return self.named[name]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None


class Values:
    """Reads expressions, through names that are bound once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._depth = 0

    def resolved(self, written: Written) -> Written | None:
        """Return the expression that a name stands for; another expression as it is."""
        for _ in range(_DEPTH):
            if not isinstance(written.node, ast.Name | ast.Attribute):
                return written
            name = dotted_name(written.node)
            local = dict(written.local)
            if name.partition(".")[0] in local:
                known = local.get(name)
                if known is None:
                    return None
                written = known
                continue
            place = self._names.meaning(written.path, name) if name else None
            if not isinstance(place, Place):
                return None
            node = self._value_of(place)
            if node is None:
                return None
            written = Written(place.path, node)
        return None

    def _value_of(self, place: Place) -> ast.expr | None:
        """Return the expression that a name of a module, or of a class in it, is set to."""
        bindings = self._names.bindings(place.path)
        binding = bindings.by_name.get(place.name)
        if binding is None or not binding.always or bindings.times[place.name] > 1:
            return None
        if not place.rest:
            return None if place.name in bindings.additions else binding.value
        if not isinstance(binding.statement, ast.ClassDef):
            return None
        found = [
            statement.value
            for statement in binding.statement.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name) and target.id == place.rest.removesuffix(".value")
        ]
        return found[0] if len(found) == 1 else None

    def text(self, written: Written) -> str | None:
        """Return the text that an expression is, or None."""
        if self._depth >= _DEPTH:
            return None
        self._depth += 1
        try:
            return self._text(written)
        finally:
            self._depth -= 1

    def _text(self, written: Written) -> str | None:
        found = self.resolved(written)
        if found is None:
            return None
        node = found.node
        parts: list[ast.expr]
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if isinstance(node, ast.JoinedStr):
            parts = node.values
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = [node.left, node.right]
        elif (
            isinstance(node, ast.FormattedValue) and node.conversion == -1 and not node.format_spec
        ):
            parts = [node.value]
        else:
            return None
        text = ""
        for part in parts:
            more = self.text(found.other(part))
            if more is None or len(text) + len(more) > _LONGEST:
                return None
            text += more
        return text

    def elements(self, written: Written) -> list[Written] | None:
        """Return the elements of a list, tuple, set or comprehension; None if not all are known."""
        found: list[Written] = []
        pending = [written]
        while pending:
            if len(found) + len(pending) > _MOST:
                return None
            one = self.resolved(pending.pop())
            if one is None:
                return None
            node = one.node
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                pending += [one.other(node.right), one.other(node.left)]
                continue
            if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
                inner = self._of_comprehension(one, node.generators, node.elt)
            elif isinstance(node, ast.List | ast.Tuple | ast.Set):
                inner = self._of_display(one, node.elts)
            else:
                return None
            if inner is None:
                return None
            found += inner
        return found

    def _of_display(self, written: Written, elements: list[ast.expr]) -> list[Written] | None:
        """Return the elements that are written in brackets, those of unpacked lists among them."""
        found: list[Written] = []
        for element in elements:
            if isinstance(element, ast.Starred):
                inner = self._starred(written.other(element.value))
                if inner is None:
                    return None
                found += inner
            else:
                found.append(written.other(element))
        return found

    def _starred(self, written: Written) -> list[Written] | None:
        if self._depth >= _DEPTH:
            return None
        self._depth += 1
        try:
            return self.elements(written)
        finally:
            self._depth -= 1

    def _of_comprehension(
        self, written: Written, generators: list[ast.comprehension], element: ast.expr
    ) -> list[Written] | None:
        """Return the elements of a comprehension over a list that is known, with one name."""
        generator = generators[0]
        if len(generators) > 1 or generator.ifs or not isinstance(generator.target, ast.Name):
            return None
        items = self._starred(written.other(generator.iter))
        if items is None:
            return None
        name = generator.target.id
        return [Written(written.path, element, (*written.local, (name, i))) for i in items]

    def entries(self, written: Written) -> list[tuple[str, Written]] | None:
        """Return the keys and values of a dictionary; None if not all keys are known."""
        one = self.resolved(written)
        if one is None or self._depth >= _DEPTH:
            return None
        self._depth += 1
        try:
            return _all(self._entries(one))
        finally:
            self._depth -= 1

    def _entries(self, written: Written) -> Iterator[tuple[str, Written] | None]:
        node = written.node
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is None:
                    yield from self._unpacked(written.other(value))
                else:
                    text = self.text(written.other(key))
                    yield (text, written.other(value)) if text is not None else None
        elif isinstance(node, ast.DictComp):
            both = ast.Tuple([node.key, node.value], ast.Load())
            items = self._of_comprehension(written, node.generators, both)
            if items is None:
                yield None
            for item in items or ():
                text = self.text(item.other(node.key))
                yield (text, item.other(node.value)) if text is not None else None
        elif isinstance(node, ast.Call) and dotted_name(node.func) == "dict" and not node.args:
            for keyword in node.keywords:
                if keyword.arg is None:
                    yield from self._unpacked(written.other(keyword.value))
                else:
                    yield keyword.arg, written.other(keyword.value)
        else:
            yield None

    def _unpacked(self, written: Written) -> Iterator[tuple[str, Written] | None]:
        entries = self.entries(written)
        if entries is None:
            yield None
        yield from entries or ()

    def arguments(self, written: Written) -> Arguments:
        """Return what a call is given; of ``partial``, and calls of its result, all together.

        What is given as None is left out.
        """
        one = self.resolved(written) or written
        node = one.node
        if not isinstance(node, ast.Call) or self._depth >= _DEPTH:
            return Arguments((), {})
        self._depth += 1
        try:
            positional = [one.other(a) for a in node.args if not isinstance(a, ast.Starred)]
            certain = len(positional) == len(node.args)
            inner = self._called(one.other(node.func))
            if self._is_partial(one.path, node.func) and positional:
                inner = self.arguments(positional.pop(0))
            named = dict(inner.named)
            for keyword in node.keywords:
                value = one.other(keyword.value)
                if keyword.arg is not None:
                    named[keyword.arg] = value
                    if self._is_none(value):  # as if it was not given
                        del named[keyword.arg]
                    continue
                entries = self.entries(value)
                certain = certain and entries is not None
                named.update(entries or ())
        finally:
            self._depth -= 1
        return Arguments((*inner.positional, *positional), named, certain and inner.certain)

    def _called(self, written: Written) -> Arguments:
        """Return the arguments that what is called has been given before."""
        name = dotted_name(written.node)
        place = self._names.meaning(written.path, name) if name else None
        if isinstance(place, Place):
            binding = self._names.binding(place)
            if place.rest or binding is None:
                return Arguments((), {})
            if isinstance(binding.statement, Function | ast.ClassDef):
                return Arguments((), {})
        return self.arguments(written)

    def _is_none(self, written: Written) -> bool:
        found = self.resolved(written)
        return found is not None and _is_none(found.node)

    def _is_partial(self, path: str, node: ast.expr) -> bool:
        return self._names.meaning(path, node) == "functools.partial"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _all(
    entries: Iterator[tuple[str, Written] | None],
) -> list[tuple[str, Written]] | None:
    found = list(entries)
    known = [entry for entry in found if entry is not None]
    return known if len(known) == len(found) else None
