"""What users do to a generated repository: drawn at random, with what is to become of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import dirname

from evolving_layouts import Evolving, since
from hypothesis import strategies as st

from relayout.inventory import take_inventory
from relayout.inventory.meaning import Status
from relayout.tree import Tree

Files = Mapping[str, bytes]
_BROKEN = (Status.BROKEN, Status.AMBIGUOUS, Status.REPAIRED)
_UNTOUCHED = 4
"""So many lines at the top of a module are left alone: versions change the first one."""


@dataclass(repr=False)
class Changed:
    """The files of a repository after what the user has done so far."""

    layout: Evolving
    files: dict[str, bytes]
    contested: set[str] = field(default_factory=set)
    """Modules whose first line the user has changed, as every version does."""
    relative: dict[str, str] = field(default_factory=dict)
    """Modules of the user's with imports that search and replace would not find: their folder."""
    moved: set[str] = field(default_factory=set)
    """Modules of the template that the user has moved, where they are."""

    rendered: Files = field(default_factory=dict)
    """The files before."""

    def __repr__(self) -> str:
        paths = sorted(self.files.keys() | self.rendered.keys())
        changed = [p for p in paths if self.files.get(p) != self.rendered.get(p)]
        return f"{self.layout.layout}: {changed}, moved {self.moved}, contested {self.contested}"

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def write(self, path: str, text: str) -> None:
        self.files[path] = text.encode()

    def after(self, new: int) -> dict[str, bytes]:
        """Return what is to be there after an update, but for lines that both sides change."""
        layout, names = self.layout, self.layout.names
        expected = layout.later(self.files, 1, new)
        for path in self.relative:
            text = expected[layout.path(path, 1, new)].decode()
            # An import of what has moved away from it becomes absolute.
            text = text.replace(f"from .{names[0]} ", f"from {layout.dotted}.{names[new - 1]} ")
            expected[layout.path(path, 1, new)] = text.encode()
        for path in self.moved:
            expected[path] = since(new, expected[path].decode()).encode()
        return expected

    @property
    def modules(self) -> list[str]:
        """Return the modules of the renamed folder and of the package around it, in order."""
        inside = f"{self.layout.root}/"
        return sorted(path for path in self.files if path.startswith(inside) and _is_code(path))

    @property
    def renamed(self) -> list[str]:
        """Return the modules of the template in the folder that the versions rename."""
        folder = f"{self.layout.folder(1)}/"
        return [p for p in self.modules if p.startswith(folder) and not p.endswith("__init__.py")]


@st.composite
def changes(draw: st.DrawFn, layout: Evolving, rendered: Files) -> Changed:
    """A repository of the first version in which a user has done up to five things."""
    changed = Changed(layout, dict(rendered), rendered=rendered)
    done = draw(st.lists(st.sampled_from(sorted(_DEEDS)), min_size=1, max_size=5))
    for number, deed in enumerate(done):
        _DEEDS[deed](draw, changed, number)
    return changed


def broken_imports(files: Files) -> list[str]:
    """Return the imports that name a module of the repository and do not lead to one."""
    inventory = take_inventory(Tree.of(files))
    return [
        f"{path}: {name}"
        for path in inventory.python
        for name, resolution in inventory.resolutions(path)
        if resolution.status in _BROKEN
    ]


def _edit(draw: st.DrawFn, changed: Changed, number: int) -> None:
    """Add a remark to some line of a module."""
    path = draw(st.sampled_from([p for p in changed.modules if p not in changed.relative]))
    lines = changed.text(path).splitlines()
    places = [at for at in range(_UNTOUCHED, len(lines)) if _is_free(changed, lines, at)]
    if places:
        at = draw(st.sampled_from(places))
        edited = [*lines[:at], f"{lines[at]}  # mine {number}", *lines[at + 1 :]]
        text = "\n".join(edited) + "\n"
        if _parses(text):
            changed.write(path, text)


def _is_free(changed: Changed, lines: list[str], at: int) -> bool:
    """Tell whether no line near this one is another in the next version, but for an import."""
    near = lines[max(0, at - 2) : at + 3]
    named = [line for line in near if changed.layout.names_it(line, 1)]
    imports = all(re.match(r"\s*(from|import)\b", line) for line in named)
    return imports and bool(lines[at].strip()) and not lines[at].endswith("\\")


def _add(draw: st.DrawFn, changed: Changed, number: int) -> None:
    """Add a module that imports one of the renamed folder, and another that imports the first."""
    layout = changed.layout
    if not changed.renamed:
        return
    beside = draw(st.booleans())
    folder = layout.folder(1) if beside else layout.root
    used = draw(st.sampled_from(changed.renamed)).rpartition("/")[2].removesuffix(".py")
    name = layout.names[0]
    forms = [
        f"from {layout.dotted}.{name} import {used}",
        f"import {layout.dotted}.{name}.{used} as used",
        f"from . import {used}" if beside else f"from .{name} import {used}",
    ]
    statement = draw(st.sampled_from(forms))
    path = f"{folder}/own_{number}.py"
    heading = f'"""Own module {number}."""' if not beside else f"# Own module {number}."
    changed.write(path, f"{heading}\n\n{statement}\n\nNUMBER = {number}\n")
    if statement.startswith("from ."):
        changed.relative[path] = folder
    package = f"{layout.dotted}.{name}" if beside else layout.dotted
    caller = f"from {package} import own_{number}\n\nTWICE = 2 * own_{number}.NUMBER\n"
    changed.write(f"{layout.root}/caller_{number}.py", caller)


def _delete(draw: st.DrawFn, changed: Changed, _: int) -> None:
    """Delete a test, which nothing imports."""
    tests = [p for p in changed.files if re.search(r"tests?/(.*/)?test_\w+\.py$", p)]
    if tests:
        del changed.files[draw(st.sampled_from(sorted(tests)))]


def _move(draw: st.DrawFn, changed: Changed, _: int) -> None:
    """Move a module elsewhere and correct what names it, if search and replace can do that."""
    path = draw(st.sampled_from(changed.renamed or [""]))
    own = f"{changed.layout.root}/mine/{path.rpartition('/')[2]}"
    if not path or own in changed.files or path in changed.contested or "own_" in path:
        return
    old, new = (_dotted(changed.layout, place) for place in (path, own))
    package, _, name = old.rpartition(".")
    among_others = re.compile(
        rf"\bfrom {re.escape(package)} import .*(\b{name}\b.*,|,.*\b{name}\b)"
    )
    if any(_is_code(p) and among_others.search(changed.text(p)) for p in changed.files):
        return
    moved = {}
    for place, content in changed.files.items():
        if _is_code(place) or place.endswith((".toml", "Makefile", "Dockerfile")):
            text = re.sub(rf"\b{re.escape(old)}\b", new, content.decode())
            sole = rf"\bfrom {re.escape(package)} import {name}$"
            text = re.sub(sole, f"from {new.rpartition('.')[0]} import {name}", text, flags=re.M)
            moved[own if place == path else place] = text.encode()
        else:
            moved[place] = content
    moved.setdefault(f"{dirname(own)}/__init__.py", b'"""Mine."""\n')
    if not broken_imports(moved):
        changed.files = moved
        changed.moved.add(own)


def _configure(_: st.DrawFn, changed: Changed, number: int) -> None:
    """Add a table and a dependency to the project."""
    text = changed.text("pyproject.toml") + f"\n[tool.own-{number}]\nlevel = {number}\n"
    dependency = f'dependencies = [\n  "own-library-{number}>=1",\n'
    changed.write("pyproject.toml", text.replace("dependencies = [\n", dependency, 1))


def _describe(_: st.DrawFn, changed: Changed, number: int) -> None:
    """Add a line to the end of the README."""
    changed.write("README.md", f"{changed.text('README.md')}\nWe do it so ({number}).\n")


def _contest(draw: st.DrawFn, changed: Changed, _: int) -> None:
    """Change the first line of a module, which every version changes."""
    modules = [p for p in changed.renamed if changed.text(p).startswith('"""')]
    if modules:
        path = draw(st.sampled_from(modules))
        changed.write(path, re.sub(r'\A"""(Of ours: )?', '"""Of ours: ', changed.text(path)))
        changed.contested.add(path)


_DEEDS: Mapping[str, Callable[[st.DrawFn, Changed, int], None]] = {
    "add": _add,
    "configure": _configure,
    "contest": _contest,
    "delete": _delete,
    "describe": _describe,
    "edit": _edit,
    "move": _move,
}


def _dotted(layout: Evolving, path: str) -> str:
    inner = path.removeprefix(f"{layout.root}/").removesuffix(".py").replace("/", ".")
    return f"{layout.dotted}.{inner}"


def _is_code(path: str) -> bool:
    return path.endswith(".py") and "_templates/" not in path


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
