"""Loaders of a package that comes apart, written so that they name its modules themselves.

``load_assets_from_package_module(defs)`` becomes ``load_assets_from_modules([orders, sales])``, and
``load_from_defs_folder(...)`` a Definitions object with what the folder had. The edits are for the
places that the files have now: moves come afterwards, and the new imports follow them like others.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from relayout.conversions.dagster.contents import Contents, Item, contents_of, without_unsure
from relayout.conversions.dagster.definitions_text import (
    call_of_list,
    definitions_call,
    in_pipeline_order,
    list_of,
    merged,
)
from relayout.conversions.dagster.import_changes import KIND, ImportChanges, Span
from relayout.conversions.dagster.new_names import NewNames
from relayout.inventory import Inventory
from relayout.inventory.dagster.loading_calls import Loader, LoadingFile, first_argument
from relayout.inventory.dagster.loading_settings import project_above
from relayout.inventory.search_paths import module_stem
from relayout.planning.plan import Finding
from relayout.planning.split import Split
from relayout.rewriting.destination import Destination
from relayout.rewriting.scopes import Scopes
from relayout.source import Edit, dotted_name

CODE = "loader-not-followed"


@dataclass(slots=True)
class _Change:
    """What is written in the place of one call.

    ``replaced`` are the spans that go, ``packages`` the names that the call was given.
    """

    replaced: list[Span]
    edits: list[Edit]
    packages: set[str] = field(default_factory=set)


class ExplicitLoads:
    """Rewrites the loaders of one file that load other modules after the moves.

    ``splits`` are those that the tree has behind it, ``needed`` names that other files ask of
    this one.
    """

    def __init__(
        self,
        file: LoadingFile,
        inventory: Inventory,
        destination: Destination,
        splits: Sequence[Split],
        needed: Collection[str],
    ) -> None:
        self._file = file
        self._inventory = inventory
        self._destination = destination
        self._splits = splits
        self._needed = needed
        self._names = NewNames(Scopes(file.module).identifiers() | set(needed))
        self._dagster: set[str] = set()
        self._used: set[str] = set()
        self.findings: list[Finding] = []

    def rewrite(self, loaders: Collection[Loader]) -> list[Edit]:
        """Return the edits that make some of the file's loaders explicit."""
        changes = []
        end = -1
        for loader, call in self._file.calls:
            if loader in loaders and loader.start >= end:
                end = loader.end
                change = self._of_folder if loader.takes_folder else self._of_package
                made = change(loader, call)
                if made is not None:
                    changes.append(made)
        if not changes:
            return []
        replaced = [span for change in changes for span in change.replaced]
        packages = {name for change in changes for name in change.packages}
        needed = {*self._needed, *self._used}
        imports = ImportChanges(self._file.source, self._file.module, replaced, packages, needed)
        edits = [edit for change in changes for edit in change.edits]
        return edits + imports.edits(self._names.statements(), self._dagster)

    def _modules(self, loader: Loader) -> list[str]:
        return in_pipeline_order(loader.modules or (), self._destination)

    # -- a package

    def _of_package(self, loader: Loader, call: ast.Call) -> _Change | None:
        """Return the change of a call that is given a package, or its name."""
        contents = contents_of(self._modules(loader), self._inventory, object_speaks=False)
        start = loader.function.partition("_from_")[0]
        modules = {"load_assets": contents.assets, "load_asset_checks": contents.checks}
        paths = modules.get(start, contents.modules)
        prefix = self._prefix(loader, call)
        if prefix is None or any(path == loader.path for path in paths):
            self._not_followed(loader, "its package has no name that can be imported here")
            return None
        argument = first_argument(call, loader.function)
        assert argument is not None
        source = self._file.source
        names = [self._module(path, loader, prefix) for path in paths]
        first, last = source.span(argument)
        keyword = next((k for k in call.keywords if k.value is argument), None)
        if keyword is not None:
            first = source.offset(keyword.lineno, keyword.col_offset)
        written = "modules=" if keyword is not None else ""
        lines = list_of(names, first - self._line_start(first) + len(written) + 1)
        if len(lines) > 1 and len(call.args) + len(call.keywords) == 1:
            lines = ["", *(f"    {line}" for line in list_of(names, self._depth(call) + 4)), ""]
        text = self._indented([written + lines[0], *lines[1:]], first)
        called = self._called(f"{start}_from_modules", call)
        spans = [source.span(call.func), (first, last)]
        edits = [Edit(*spans[0], called, KIND), Edit(*spans[1], text, KIND)]
        return _Change(spans, edits, {dotted_name(argument).partition(".")[0]})

    def _prefix(self, loader: Loader, call: ast.Call) -> str | None:
        """Return what the file calls the package that a loader loads."""
        if loader.takes_folder:
            project = project_above(loader.path, self._inventory.tree)
            if loader.function == "load_from_defs_folder":
                return project.defs_module if project is not None else None
        argument = first_argument(call, loader.function)
        return None if argument is None else self._file.names.spelled(argument)

    def _module(self, path: str, loader: Loader, prefix: str) -> str:
        """Return the name that a module of the package is bound to in the file.

        A module that no statement can name (``till-receipts``) is imported as Dagster imports it.
        """
        new = module_stem(self._destination.of_file(path))
        dotted = _dotted(path, loader.folder, prefix)
        if not _can_be_stated(dotted):
            called = self._names.item("importlib", "import_module")
            return f'{called}("{dotted}"{", __package__" if dotted.startswith(".") else ""})'
        wanted = new.rpartition("/")[2]
        other = "_".join(new.split("/")[-2:])
        return self._names.module(dotted, wanted, other)

    def _item(self, item: Item, loader: Loader, prefix: str) -> str:
        dotted = _dotted(item.module, loader.folder, prefix)
        if not _can_be_stated(dotted):
            return f"{self._module(item.module, loader, prefix)}.{item.name}"
        return self._names.item(dotted, item.name)

    def _object(self, item: Item, loader: Loader, prefix: str) -> str:
        """Return the code of a Definitions object.

        Its module is imported: Dagster allows one such object in the module that it loads.
        """
        whole = f"{self._module(item.module, loader, prefix)}.{item.name}"
        return f"{whole}()" if item.called else whole

    def _called(self, function: str, call: ast.Call) -> str:
        """Return how a function of Dagster's is called in the file."""
        if isinstance(call.func, ast.Attribute):
            whole = self._file.source.text[slice(*self._file.source.span(call.func))]
            self._used.add(whole.partition(".")[0])
            return f"{whole.partition('.')[0]}.{function}"
        for bound, names in self._file.names.bound.items():
            if any(n.module == "dagster" and n.name == function for n in names):
                self._used.add(bound)
                return bound
        self._dagster.add(function)
        return function

    # -- a folder

    def _of_folder(self, loader: Loader, call: ast.Call) -> _Change | None:
        """Return the change of a call that loads a ``defs`` folder."""
        paths = self._without_spoken_for(self._modules(loader))
        contents = contents_of(paths, self._inventory, object_speaks=True)
        prefix = self._prefix(loader, call)
        asking = [item for item in contents.definitions if item in contents.unsure]
        if prefix is None:
            self._not_followed(loader, "its folder has no name that can be imported here")
            return None
        if asking:
            where = f"{asking[0].name} of {asking[0].module}"
            self._not_followed(loader, f"{where} needs the context that only this loader gives")
            return None
        start, end = self._file.source.span(call)
        if loader.components:
            gone = (start, start)
            own = [self._file.source.text[start:end]]
            calls = [own, self._whole_modules(contents.modules, loader, call, prefix)]
        else:
            gone = (start, end)
            calls = self._listed(contents, loader, call, prefix)
        calls += [[self._object(item, loader, prefix)] for item in contents.definitions]
        lines = merged(calls, lambda function: self._called(function, call))
        return _Change([gone], [Edit(start, end, self._indented(lines, start), KIND)])

    def _listed(
        self, contents: Contents, loader: Loader, call: ast.Call, prefix: str
    ) -> list[list[str]]:
        """Return the calls that give what modules have beside Definitions objects, as lines."""
        sure, whole = without_unsure(contents)
        is_one_of_several = bool(contents.definitions or whole)
        made = definitions_call(
            sure,
            lambda function: self._called(function, call),
            lambda path: self._module(path, loader, prefix),
            lambda item: self._item(item, loader, prefix),
            depth=self._depth(call) + (4 if is_one_of_several else 0),
        )
        is_empty = len(made) == 1
        calls = [] if is_empty and is_one_of_several else [made]
        if whole:
            calls.append(self._whole_modules(whole, loader, call, prefix))
        return calls

    def _without_spoken_for(self, paths: Sequence[str]) -> list[str]:
        """Return modules without parts of those whose Definitions object alone was loaded."""
        silent: set[str] = set()
        for split in self._splits:
            parts = set(split.paths)
            speaking = {path for path in parts if self._has_object(path)}
            silent |= parts - speaking if speaking else set()
        return [path for path in paths if path not in silent]

    def _has_object(self, path: str) -> bool:
        module = self._inventory.dagster.get(path)
        return module is not None and module.has_object

    def _whole_modules(
        self, paths: Sequence[str], loader: Loader, call: ast.Call, prefix: str
    ) -> list[str]:
        names = [self._module(path, loader, prefix) for path in paths]
        function = self._called("load_definitions_from_modules", call)
        return call_of_list(function, names, [], self._depth(call) + 5)

    # -- text

    def _line_start(self, offset: int) -> int:
        return self._file.source.line_bounds(offset, offset)[0]

    def _indent(self, offset: int) -> str:
        """Return what the line of an offset is indented by."""
        text = self._file.source.text[self._line_start(offset) : offset]
        return text[: len(text) - len(text.lstrip(" \t"))]

    def _depth(self, call: ast.Call) -> int:
        return len(self._indent(self._file.source.span(call)[0]))

    def _indented(self, lines: list[str], offset: int) -> str:
        """Return lines as they follow what stands in front of an offset."""
        return f"{self._file.source.newline}{self._indent(offset)}".join(lines)

    def _not_followed(self, loader: Loader, why: str) -> None:
        self.findings.append(
            Finding(
                CODE,
                self._destination.of_file(loader.path),
                loader.line,
                f"{loader.function} loads {loader.folder}, whose modules went to other folders:"
                f" {why}",
                "Name the modules: load_assets_from_modules([...]).",
            )
        )


def _dotted(path: str, folder: str, prefix: str) -> str:
    """Return the name of a module in a folder that is called by a prefix."""
    inner = module_stem(path)[len(folder) + 1 :].replace("/", ".")
    if not inner:
        return prefix
    return f"{prefix}{inner}" if prefix.endswith(".") else f"{prefix}.{inner}"


def _can_be_stated(dotted: str) -> bool:
    """Tell whether an import statement can have a module's name."""
    return all(part.isidentifier() for part in dotted.lstrip(".").split("."))
