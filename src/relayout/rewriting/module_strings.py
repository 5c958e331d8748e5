"""Strings that name a module: the name in them follows the module.

Changed is only what lies between the quotes, and only where the literal spells the name out. What
names a moved module and cannot be followed for sure is reported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from posixpath import basename

from relayout.inventory import Inventory
from relayout.inventory.module_strings import Literal, literals_of, unknown_names
from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import Located, is_quarantined, module_name
from relayout.inventory.string_meanings import (
    Meaning,
    is_made_from_name,
    meaning_of,
    modules_below,
    package_of,
    relative_to,
)
from relayout.inventory.string_places import Place
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.visible_names import is_renamed
from relayout.source import Edit, Source

KIND = "module-string"

_LOADERS = ("__import__", "import_module", "run_module", "resolve_name", "import_string")
_OPENING = re.compile(r"[A-Za-z]*('''|\"\"\"|'|\")")


def may_load_modules(text: str) -> bool:
    """Tell whether a file's text has what loads a module by a name that may come from anywhere."""
    return any(word in text for word in _LOADERS)


class ModuleStringRewriter:
    """Rewrites the strings of one file that name modules.

    ``path`` is where the file was, ``folders`` the search path that it has after the moves.
    """

    def __init__(
        self,
        source: Source,
        module: ast.Module,
        path: str,
        inventory: Inventory,
        destination: Destination,
        folders: Sequence[str],
    ) -> None:
        self.source = source
        self.module = module
        self.path = path
        self.inventory = inventory
        self.destination = destination
        self.folders = tuple(folders)
        self.new_path = destination.of_file(path)
        self.edits: list[Edit] = []
        self.findings: list[Finding] = []

    def rewrite(self) -> tuple[list[Edit], list[Finding]]:
        """Return the edits of the file's strings, and what could not be followed."""
        for literal in literals_of(self.module):
            meaning = meaning_of(self.inventory, self.path, literal.string)
            if meaning is not None:
                self._follow(literal, meaning)
            elif literal.string.text.startswith("."):
                self._report_unknown_package(literal)
        self._report_unknown_names()
        if is_quarantined(self.new_path):
            self.findings = []
        return self.edits, self.findings

    def _follow(self, literal: Literal, meaning: Meaning) -> None:
        string = literal.string
        if string.place is Place.LOGGER:
            if not is_made_from_name(self.inventory, self.path, string):
                return
        if self._was_left_before(meaning):
            return
        target = self._place_of(meaning)
        if target is not None and self._still_leads(literal, meaning, target):
            self._report_lost_name(literal, meaning)
            return
        name = None if target is None else self._name_of(target)
        problem = self._problem(literal, target, name)
        if problem is None and name is not None:
            problem = self._replace(literal, meaning, name)
        if problem is not None:
            self._report(literal, meaning, problem)
            return
        self._report_lost_name(literal, meaning)
        if meaning.repaired:
            where = self.destination.of_file(meaning.module.file or "")
            message = f'the string "{string.text}" did not resolve; only {where} can be meant'
            advice = "Check that it is the one."
            self.findings.append(
                Finding("import-repaired", self.new_path, string.line, message, advice)
            )

    def _was_left_before(self, meaning: Meaning) -> bool:
        """Tell whether a file of the package, and what a string in it names, stay where they are.

        Such a string leads there from the folder of a program that is started by its path.
        """
        if self.path in self.destination.moves or self.inventory.python[self.path].hacks:
            return False
        module = meaning.module
        named = [module.file or "", *modules_below(self.inventory, module)]
        in_package = self.destination.source_of(self.path) is not None
        return in_package and not any(p in self.destination.moves for p in named)

    # -- where it leads

    def _place_of(self, meaning: Meaning) -> Located | None:
        """Return where a module went; None if it came apart."""
        module = meaning.module
        if module.file is not None:
            target = Located(self.destination.of_file(module.file))
        else:
            folders = {self._folder_after(folder) for folder in module.folders}
            folder = folders.pop() if len(folders) == 1 else None
            if folder is None:
                return None
            target = self.destination.finder.package(folder)
        if meaning.all_below and not self._moved_whole(module, target):
            return None
        return target

    def _folder_after(self, folder: str) -> str | None:
        """Return where all the modules of a folder went, or None if they came apart."""
        below = modules_below(self.inventory, Located(None, (folder,)))
        if not below:
            return self.destination.of_folder(folder)
        places = set()
        for path in below:
            rest, new_path = path[len(folder) :], self.destination.of_file(path)
            places.add(new_path.removesuffix(rest) if new_path.endswith(rest) else None)
        return places.pop() if len(places) == 1 else None

    def _moved_whole(self, module: Located, target: Located) -> bool:
        folders, now = module.package_folders, target.package_folders
        if len(folders) != 1 or len(now) != 1:
            return False
        return self._folder_after(folders[0]) == now[0]

    def _still_leads(self, literal: Literal, meaning: Meaning, target: Located) -> bool:
        string = literal.string
        name = string.text[meaning.start : meaning.end]
        if not name.startswith("."):
            return self._name_leads(name, target)
        module = name.lstrip(".")
        level = len(name) - len(module)
        package = package_of(self.path, string)
        if not package:
            return self.destination.relative(self.new_path, level, module) == target
        base = relative_to(self.inventory, self.path, package, 1, "")
        moved = base and self._place_of(Meaning(base, 0, 0))
        if not moved or self.destination.name_of(moved, self.folders) is None:
            return False
        inside = f"{moved.package_folders[0]}/__init__.py" if moved.package_folders else ""
        return self.destination.relative(inside, level, module) == target

    def _name_leads(self, name: str, target: Located) -> bool:
        """Tell whether a name leads to a module, or to a folder without any in a package."""
        if self.destination.find(self.folders, name) == target:
            return True
        if target.file is not None or "." not in name:
            return False
        parent, _, last = name.rpartition(".")
        package = self.destination.find(self.folders, parent)
        folders = package.package_folders if package is not None else ()
        return [f"{folder}/{last}" for folder in folders] == list(target.folders)

    def _name_of(self, target: Located) -> str | None:
        name = self.destination.name_of(target, self.folders)
        if name is not None or target.file is not None or len(target.folders) != 1:
            return name
        parent, _, last = target.folders[0].rpartition("/")
        package = self.destination.finder.package(parent) if parent else None
        above = None if package is None else self.destination.name_of(package, self.folders)
        return f"{above}.{last}" if above and last.isidentifier() else None

    # -- whether it can follow

    def _problem(self, literal: Literal, target: Located | None, name: str | None) -> str | None:
        """Return why a string is left as it was, or None."""
        string = literal.string
        if basename(self.path) == "setup.py":
            return "setup.py is left as it was"
        if target is None:
            return "its modules have different places now"
        if name is None:
            return "it has no name that can be imported from here"
        if string.place is Place.ELSEWHERE and string.is_shared:
            return "it may be the name of something else"
        if string.is_shared:
            return "it is used for something else too"
        if string.yields_top:
            return "the code uses the first package of the name, which is another now"
        return None

    def _report_unknown_names(self) -> None:
        """Report that the file loads modules by names from somewhere else, once."""
        lines = unknown_names(self.module) if may_load_modules(self.source.text) else []
        if lines and any(is_renamed(p, self.destination) for p in self.inventory.python):
            message = "it loads a module whose name is only known when the program runs"
            advice = "Names of moved modules in data, arguments or the environment: change them."
            finding = Finding("module-name-unknown", self.new_path, lines[0], message, advice)
            self.findings.append(finding)

    def _report_lost_name(self, literal: Literal, meaning: Meaning) -> None:
        """Report a name that the module only had through ``import a.b`` of what moved."""
        file = self.inventory.python.get(meaning.module.file or "")
        first = meaning.rest.partition(".")[0]
        if file is None or not first:
            return
        for name in file.imports:
            if name.name is None and "." in name.module and name.bound == first:
                if self._is_renamed(file.path, name):
                    message = (
                        f'the string "{literal.string.text}" reaches {name.module} by the name'
                        f" {first}, which {self.destination.of_file(file.path)} may not have now"
                    )
                    advice = "Name the module that is imported there instead."
                    self._not_followed(literal, message, advice)
                    return

    def _is_renamed(self, path: str, name: ImportedName) -> bool:
        resolution = self.inventory.resolver.resolve(path, name)
        return any(file in self.destination.moves for file in resolution.files)

    def _report_unknown_package(self, literal: Literal) -> None:
        """Report a relative name that counts from a package that cannot be told."""
        string = literal.string
        name = string.text.lstrip(".")
        if string.package is not None or string.place is not Place.MODULE or not name:
            return
        found = self.inventory.resolver.finder.by_suffix(name)
        places = [self.destination.of_file(file) for file in found]
        if not all(module_name(place).endswith(f".{name}") for place in places):
            message = f'the string "{string.text}" may name {", ".join(places)}'
            advice = "What it counts from cannot be told from the code: check it."
            self._not_followed(literal, message, advice)

    # -- text

    def _replace(self, literal: Literal, meaning: Meaning, name: str) -> str | None:
        """Add the edit that puts a name into a literal; return why not if that cannot be done."""
        edit = literal_edit(self.source, literal, meaning, name)
        if edit is None:
            return "the literal does not spell the name out"
        self.edits.append(edit)
        return None

    def _report(self, literal: Literal, meaning: Meaning, problem: str) -> None:
        module = meaning.module
        named = module.file or ", ".join(module.folders)
        target = self._place_of(meaning)
        now = None if target is None else target.file or ", ".join(target.folders)
        went = f", now {now}" if now and now != named else ""
        text = f"{literal.string.text}{'{}' if literal.string.is_open else ''}"
        message = f'the string "{text}" names {named}{went}: {problem}'
        self._not_followed(literal, message, "Change the string by hand.")

    def _not_followed(self, literal: Literal, message: str, advice: str) -> None:
        line = literal.string.line
        self.findings.append(
            Finding("reference-not-followed", self.new_path, line, message, advice)
        )


def literal_edit(source: Source, literal: Literal, meaning: Meaning, name: str) -> Edit | None:
    """Return the edit that puts another name for a module into a literal.

    It is None if the literal does not spell the old name out.
    """
    old = literal.string.text[meaning.start : meaning.end]
    start, end = source.span(literal.node)
    text = source.text[start:end]
    opening = _OPENING.match(text)
    position = opening.end() + literal.offset + meaning.start if opening else 0
    spelled_out = literal.own[meaning.start : meaning.end] == old
    if opening is None or not spelled_out or not text.startswith(old, position):
        return None
    changed = f"{text[:position]}{name}{text[position + len(old) :]}"
    if not _says(changed, literal, meaning, name):
        return None
    return Edit(start + position, start + position + len(old), name, KIND)


def _says(text: str, literal: Literal, meaning: Meaning, name: str) -> bool:
    """Tell whether a changed literal is the old one with the new name, and nothing else."""
    try:
        changed = ast.parse(f"({text})", mode="eval").body
    except SyntaxError:
        return False
    node = literal.node
    if type(changed) is not type(node):
        return False
    old_parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    new_parts = changed.values if isinstance(changed, ast.JoinedStr) else [changed]
    old, new = old_parts[0], new_parts[0]
    was = old.value if isinstance(old, ast.Constant) else None
    if not isinstance(was, str) or not isinstance(new, ast.Constant):
        return False
    start, end = literal.offset + meaning.start, literal.offset + meaning.end
    rest = [ast.dump(part) for part in old_parts[1:]]
    return new.value == f"{was[:start]}{name}{was[end:]}" and rest == [
        ast.dump(part) for part in new_parts[1:]
    ]
