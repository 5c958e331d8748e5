"""Terraform and Terragrunt: the modules, files and folders that a configuration names.

The ``source`` of a module counts from the file's own folder. Other relative paths count from the
folder that Terraform is run in, which is that of the root module, unless they say otherwise with
``path.module`` or ``path.root``
(https://developer.hashicorp.com/terraform/language/expressions/references#filesystem-and-workspace-info).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from posixpath import dirname

from relayout.inventory.configured_paths.values import ROOT as REPOSITORY
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.templated import filled_in
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.data.keyed_yaml import around_file, as_path, is_path
from relayout.inventory.references.reference import (
    Base,
    Reference,
    beside,
    named_from,
)
from relayout.inventory.references.spans.hcl_strings import HclString, strings_of
from relayout.tree import Tree

KIND = "terraform"

_EXPRESSION = re.compile(r"\$\{(?P<said>[^{}\"]*)\}")
_FOLDERS = {
    "path.module": "$TF_MODULE", "abspath(path.module)": "$TF_MODULE",
    "get_terragrunt_dir()": "$TF_MODULE", "path.root": "$TF_ROOT", "abspath(path.root)": "$TF_ROOT",
    "path.cwd": "$TF_ROOT", "get_repo_root()": "$TF_REPOSITORY",
}  # fmt: skip
_FUNCTIONS = frozenset(
    {"file", "filebase64", "fileexists", "filemd5", "filesha1", "filesha256", "filesha512"}
    | {"filebase64sha256", "filebase64sha512", "templatefile", "read_terragrunt_config"}
    | {"sops_decrypt_file", "read_tfvars_file"}
)
_ANYWHERE = frozenset(
    {"source_dir", "source_file", "source_code_dir", "filename", "filepath", "template_file"}
    | {"build_context", "entrypoint_file", "script", "scripts", "local_path", "notebook_path"}
    | {"requirements_file", "source_path", "config_path", "config_paths", "config_file"}
    | {"working_dir", "layer_path", "dags_path"}
)
"""Arguments whose values are files of the machine that Terraform runs on, whatever the block."""
_IN_BLOCK = frozenset(
    {("module", "source"), ("terraform", "source"), ("include", "path"), ("dependencies", "paths")}
    | {("resource", "source"), ("build", "context"), ("build", "dockerfile"), ("content", "file")}
    | {("provisioner", "source"), ("data", "program"), ("before_hook", "execute")}
    | {("after_hook", "execute")}
)
_KEYS = "which would change the paths that the pattern gives, and what is made for each of them"
_LOCAL_MODULE = re.compile(rb"source\s*=\s*\"(\.{1,2}/[^\"$]*)\"")


def is_terraform(path: str) -> bool:
    """Tell whether a file is one of Terraform's or Terragrunt's, by its name."""
    return path.endswith((".tf", ".tfvars", ".hcl", ".tofu")) and not path.endswith(".lock.hcl")


def read_terraform(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the strings of a configuration name."""
    strings = strings_of(text)
    folders = {s.number: s.text for s in strings if s.key == "working_dir"}
    for string in strings:
        if string.text and "\\" not in string.text:
            yield from _Reader(path, tree).read(string, folders)


class _Reader:
    def __init__(self, path: str, tree: Tree) -> None:
        self.path = path
        self.tree = tree

    def read(self, string: HclString, folders: dict[int, str]) -> Iterator[Reference]:
        """Yield what a string names, by what it is for; ``folders`` are those blocks run in."""
        filled = filled_in(string.text, _EXPRESSION, _value)
        if self._is_command(string):
            found: Iterable[Reference] = self._command(filled.text, folders.get(string.number))
        elif string.call == "fileset" and string.position == 1:
            found = self._members(filled.text, string.before)
        elif filled.text.startswith("$TF_"):
            found = self._behind_folder(filled.text)
        elif self._is_wanted(string):
            found = self._path(filled.text, string)
        else:
            return
        for reference in filled.written(found):
            begin, end = reference.start + string.start, reference.end + string.start
            runs = reference.runs or reference.path.endswith(".py")  # what is packed is in use
            yield replace(reference, start=begin, end=end, runs=runs)

    def _is_command(self, string: HclString) -> bool:
        is_local = string.block[-2:] == ("provisioner", "local-exec")
        return is_local and string.key == "command" and not string.in_list and not string.call

    def _is_wanted(self, string: HclString) -> bool:
        if string.call:
            return string.position == 0 and string.call in (*_FUNCTIONS, "fileset")
        kinds = {string.block[0], *string.block[-2:-1], *string.block[-1:]} if string.block else ()
        named = any((kind, string.key) in _IN_BLOCK for kind in kinds)
        return named or string.key in _ANYWHERE

    def _around(self, base: Base) -> Surroundings:
        around = around_file(self.path, KIND, self.tree, base)
        own = f"{REPOSITORY}/{dirname(self.path)}".rstrip("/")
        root = self._roots()[0].folder if len(self._roots()) == 1 else None
        variables = {
            "TF_MODULE": own,
            "TF_ROOT": None if root is None else f"{REPOSITORY}/{root}".rstrip("/"),
            "TF_REPOSITORY": REPOSITORY,
        }
        scene = around.scene.with_variables(variables)
        return replace(around, scene=scene, of_file=frozenset({"TF_MODULE"}))

    def _roots(self) -> list[Base]:
        """Return the folders of the root modules that this file's module is part of."""
        own = dirname(self.path)
        roots = _root_modules(own, self.tree)
        return [beside(self.path) if root == own else Base(root) for root in roots]

    def _behind_folder(self, text: str) -> Iterator[Reference]:
        """Yield the path behind one of the folders that an expression names."""
        name, slash, rest = text.partition("/")
        around = self._around(beside(self.path))
        told = around.scene.absolute(name)
        if not slash or told is None or name.removeprefix("$") not in around.scene.variables:
            return
        folder = told.removeprefix(REPOSITORY).lstrip("/")
        base = Base(folder, of_file=name == "$TF_MODULE" or folder == dirname(self.path))
        around = replace(around, base=base)
        length = len(name) + len(slash)
        for found in as_path(rest.partition("//")[0], around):
            yield replace(found, start=found.start + length, end=found.end + length)

    def _path(self, text: str, string: HclString) -> Iterator[Reference]:
        """Yield what a relative path names, from the folders that it may count from."""
        if not is_path(text):
            return
        is_module = string.block[:1] in (("module",), ("terraform",)) and string.key == "source"
        if is_module and not text.startswith("."):
            return
        text = text.partition("//")[0]
        bases = [beside(self.path)] if is_module else [*self._roots(), beside(self.path), Base()]
        for base in bases:
            found = list(as_path(text, self._around(base)))
            if found:
                yield from found
                return

    def _members(self, text: str, folder: str) -> Iterator[Reference]:
        """Yield the folder in a pattern of ``fileset``; it gives paths that must stay the same."""
        before = filled_in(folder.strip('"'), _EXPRESSION, _value).text
        before = _FOLDERS.get(before, before)
        base = beside(self.path)
        if before.startswith("$TF_"):
            told = self._around(base).scene.absolute(before)
            inner = None if told is None else told.removeprefix(REPOSITORY).lstrip("/")
        else:
            inner = named_from(base.folder, before) if is_path(before) else None
        if inner is not None:
            around = self._around(base if inner == base.folder else Base(inner))
            for found in as_path(text, around):
                yield replace(found, doubt=_KEYS)

    def _command(self, text: str, folder: str | None) -> Iterator[Reference]:
        """Yield what a command of a provisioner names; it runs in its ``working_dir``."""
        roots = self._roots()
        around = self._around(roots[0] if len(roots) == 1 else beside(self.path))
        if folder is not None:
            told = around.scene.absolute(filled_in(folder, _EXPRESSION, _value).text)
            around = around.entered(told)
        yield from references_in(commands_in(text, 0, len(text)), around)


def _value(match: re.Match[str]) -> str | None:
    return _FOLDERS.get(match["said"].strip())


@lru_cache(maxsize=8)
def _callers(tree: Tree) -> dict[str, set[str]]:
    """Return the folders of the modules that call each local module."""
    callers: dict[str, set[str]] = {}
    for path in tree:
        if path.endswith((".tf", ".tofu")) and tree.is_regular(path):
            for match in _LOCAL_MODULE.finditer(tree.read(path)):
                called = named_from(dirname(path), match[1].decode("utf-8", "replace"))
                if called is not None:
                    callers.setdefault(called, set()).add(dirname(path))
    return callers


def _root_modules(folder: str, tree: Tree) -> list[str]:
    """Return the folders of the modules that nobody calls, and that lead to a folder's module."""
    callers = _callers(tree)
    roots: list[str] = []
    rest, seen = [folder], {folder}
    while rest:
        here = rest.pop()
        above = sorted(callers.get(here, set()) - {here})
        if not above:
            roots.append(here)
        rest += [caller for caller in above if caller not in seen]
        seen |= set(above)
    return sorted(roots) or [folder]
