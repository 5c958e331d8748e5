"""Serverless Framework and AWS SAM: packed folders, layers, included files and handlers.

Paths count from the folder of the file
(https://www.serverless.com/framework/docs/providers/aws/guide/packaging,
https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html).
A handler is a module with a function behind its last dot. Where it moves into the package, that
has to be installed where the function runs: it is reported, and never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from posixpath import basename

from yaml.nodes import MappingNode, Node

from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.data.keyed_yaml import (
    Table,
    around_file,
    as_module,
    as_path,
    in_scalar,
    read_keyed,
    references_of,
)
from relayout.inventory.references.reference import Base, Reference, named_from
from relayout.inventory.references.spans.yaml_spans import documents_of, scalar_of, scalars_of
from relayout.tree import Tree

KIND = "serverless"
_DOUBT = "which the function has to find where it runs: the package has to be installed there"
_INCLUDED = re.compile(r"\$\{file\((?P<path>[^(){}$]+)\)")


def _pattern(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what a pattern names; one with a mark before it leaves files out."""
    skipped = len(text) - len(text.lstrip("!"))
    for found in as_path(text[skipped:], around):
        yield replace(found, start=found.start + skipped, end=found.end + skipped)


_SERVERLESS: Table = (
    ("**/package/patterns", _pattern),
    ("**/package/include", _pattern),
    ("**/package/exclude", _pattern),
    ("**/package/artifact", as_path),
    ("layers/*/path", as_path),
    ("provider/ecr/images/*/path", as_path),
    ("custom/pythonRequirements/fileName", as_path),
)
_MODEL: Table = (
    ("Resources/*/Properties/ContentUri", as_path),
    ("Resources/*/Properties/DefinitionUri", as_path),
    ("Resources/*/Properties/Location", as_path),
    ("Resources/*/Metadata/DockerContext", as_path),
    ("**/Fn::Transform/Parameters/Location", as_path),
)


def is_serverless(path: str) -> bool:
    """Tell whether a file may be one of these, by its name."""
    names = ("serverless*.y*ml", "template*.y*ml", "sam*.y*ml")
    return any(fnmatch(basename(path), name) for name in names)


def read_serverless(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a service or an application names."""
    around = around_file(path, KIND, tree)
    if "Transform" in text and "AWS::Serverless" in text:
        yield from read_keyed(text, _MODEL, around)
        for document in documents_of(text):
            shared = value_of(document, "Globals", "Function")
            for _, resource in entries(value_of(document, "Resources")).values():
                function = value_of(resource, "Properties")
                yield from _function(function, shared, text, around)
            yield from _folder(shared, text, around)
    elif "functions" in text or "layers" in text:
        yield from references_of(scalars_of(text), text, _SERVERLESS, around)
        for scalar in scalars_of(text):
            yield from in_scalar(_included(scalar.value, around), scalar, text)
        for document in documents_of(text):
            for _, function in entries(value_of(document, "functions")).values():
                yield from _handler(value_of(function, "handler"), text, around)


def _function(
    function: Node | None, shared: Node | None, text: str, around: Surroundings
) -> Iterator[Reference]:
    """Yield the folder with the code of a function, and its handler if that moves alone."""
    if not isinstance(function, MappingNode):
        return
    yield from _folder(function, text, around)
    said = text_of(value_of(function, "CodeUri")) or text_of(value_of(shared, "CodeUri")) or "."
    own = around.base.folder if around.base is not None else ""
    folder = None if "://" in said else named_from(own, said)
    if folder is not None and folder in around.scene.tree.folders:
        base = around.base if folder == own else Base(folder)
        yield from _handler(value_of(function, "Handler"), text, replace(around, base=base))


def _folder(node: Node | None, text: str, around: Surroundings) -> Iterator[Reference]:
    scalar = scalar_of(value_of(node, "CodeUri"), text)
    if scalar is not None:
        yield from in_scalar(as_path(scalar.value, around), scalar, text)


def _handler(node: Node | None, text: str, around: Surroundings) -> Iterator[Reference]:
    scalar = scalar_of(node, text)
    module, dot, _ = scalar.value.rpartition(".") if scalar is not None else ("", "", "")
    if scalar is None or not dot:
        return
    if "/" not in module:
        found = [replace(r, doubt=_DOUBT) for r in as_module(module, around)]
    else:
        found = [
            replace(
                r, end=r.start + len(module), text=module, filled=r.text, runs=True, doubt=_DOUBT
            )
            for r in as_path(f"{module}.py", around)
        ]
    yield from in_scalar(found, scalar, text)


def _included(text: str, around: Surroundings) -> Iterator[Reference]:
    for match in _INCLUDED.finditer(text):
        for found in as_path(match["path"], around):
            shift = match.start("path")
            yield replace(found, start=found.start + shift, end=found.end + shift)
