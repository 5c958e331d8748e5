"""The cells of the matrix of updates: what a template changes, and what a user did before.

Every cell is a folder of its own in the package of a generated repository, and a module of the
user's that imports from it. So one update carries all of them, and they do not meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

TOTAL, LEAST = "total", "least"
"""The functions of a cell: what they are called, but for the cell's name."""

_CODE = {
    TOTAL: '''\
def total_{cell}(prices):
    """Return the sum of the prices of {cell}."""
    known_{cell} = [price for price in prices if price is not None]{mark}
    if not known_{cell}:
        return 0
    first_{cell} = known_{cell}[0]
    rest_{cell} = known_{cell}[1:]
    return {last}
''',
    LEAST: '''\
def least_{cell}(prices):
    """Return the smallest of the prices of {cell}."""
    given_{cell} = [price for price in prices if price]{mark}
    if len(given_{cell}) == 0:
        raise ValueError("no prices of {cell}")
    ordered_{cell} = sorted(given_{cell})
    smallest_{cell} = ordered_{cell}[0]
    return {last}
''',
}
_LAST = {
    TOTAL: ("first_{cell} + sum(rest_{cell})", "round(first_{cell} + sum(rest_{cell}), 2)"),
    LEAST: ("smallest_{cell}", "round(smallest_{cell}, 2)"),
}
_LAST_OF_USER = "max(0, smallest_{cell})"

Modules = Mapping[str, tuple[str, ...]]
"""Paths in a cell, and the functions that each module has."""


@dataclass(frozen=True)
class Change:
    """What a version of the template does to a module."""

    name: str
    before: Modules
    after: Modules
    declared: Mapping[str, Sequence[Mapping[str, str]]]
    """What ``migrations/versions/<version>.yml`` says, with paths in the cell."""

    def home(self, function: str, after: bool = True) -> str:
        """Return the path of the module that has a function."""
        modules = self.after if after else self.before
        return next(path for path, functions in modules.items() if function in functions)


CHANGES = (
    Change(
        "file moved",
        {"prices.py": (TOTAL, LEAST)},
        {"pricing/__init__.py": (), "pricing/prices.py": (TOTAL, LEAST)},
        {"moves": [{"from": "prices.py", "to": "pricing/prices.py"}]},
    ),
    Change(
        "folder moved",
        {"sums/__init__.py": (), "sums/prices.py": (TOTAL,), "sums/rates.py": (LEAST,)},
        {"figures/__init__.py": (), "figures/prices.py": (TOTAL,), "figures/rates.py": (LEAST,)},
        {"moves": [{"from": "sums", "to": "figures"}]},
    ),
    Change(
        "module renamed",
        {"prices.py": (TOTAL, LEAST)},
        {"amounts.py": (TOTAL, LEAST)},
        {"moves": [{"from": "prices.py", "to": "amounts.py"}]},
    ),
    Change(
        "file split off",
        {"prices.py": (TOTAL, LEAST)},
        {"prices.py": (TOTAL,), "rates.py": (LEAST,)},
        {"splits": [{"from": "prices.py", "to": "rates.py"}]},
    ),
)

UNTOUCHED, EDITED, DELETED = "untouched", "edited", "deleted"
MOVED, ADDED, BOTH = "moved elsewhere", "added beside", "one line on both sides"
TOUCHES = (UNTOUCHED, EDITED, DELETED, MOVED, ADDED, BOTH)
"""What the user did with the module, or beside it, before the update."""

_SHORT = {
    "file moved": "file",
    "folder moved": "folder",
    "module renamed": "module",
    "file split off": "split",
    UNTOUCHED: "untouched",
    EDITED: "edited",
    DELETED: "deleted",
    MOVED: "elsewhere",
    ADDED: "beside",
    BOTH: "both",
}

ELSEWHERE = "mine"
"""The folder of a cell that the user moves the module or its folder into."""


@dataclass(frozen=True)
class Cell:
    """One change of the template, met by one thing that a user did."""

    change: Change
    touch: str

    @property
    def name(self) -> str:
        """Return the name of the cell's folder, which is in all names of its code."""
        return f"{_SHORT[self.touch]}_{_SHORT[self.change.name]}"

    def __str__(self) -> str:
        return f"{self.change.name}, {self.touch}"

    @property
    def added(self) -> str:
        """Return the module that a user adds beside that of the template, as he writes it."""
        return f"{self.change.home(TOTAL, after=False).rpartition('/')[0]}/own.py".lstrip("/")

    @property
    def deleted(self) -> str:
        """Return the module that a user who deletes does away with."""
        return self.change.home(TOTAL, after=False)

    def mark(self, function: str) -> str:
        """Return what a user has added to a line of a function."""
        return f"# agreed for {function}_{self.name}"

    def line(self, function: str, version: int) -> str:
        """Return the last line of a function as a version of the template has it."""
        return "return " + _LAST[function][version - 1].format(cell=self.name)

    @property
    def contested(self) -> str:
        """Return the line of the user's where both sides change one."""
        return "return " + _LAST_OF_USER.format(cell=self.name)


CELLS = tuple(Cell(change, touch) for change, touch in product(CHANGES, TOUCHES))


@dataclass(frozen=True)
class Ground:
    """Where the cells of a layout are: the package's folder, and its name in imports."""

    layout: str
    folder: str
    package: str
    answers: tuple[str, ...] = field(default=())

    def path(self, cell: Cell, path: str = "") -> str:
        """Return the path of something in a cell's folder."""
        return f"{self.folder}/cells/{cell.name}/{path}".rstrip("/")

    def user(self, cell: Cell) -> str:
        """Return the path of the user's module that imports from a cell."""
        return f"{self.folder}/users/{cell.name}.py"

    def module(self, path: str) -> str:
        """Return the dotted name of the module at a path."""
        inner = path.removeprefix(f"{self.folder}/").removesuffix(".py").removesuffix("/__init__")
        return f"{self.package}.{inner.replace('/', '.')}"


GROUNDS = (
    Ground("src-layout", "src/pipelines", "pipelines"),
    Ground("batch-streaming", "src/data_platform", "data_platform"),
    Ground("monorepo", "packages/data_pipeline/src/data_pipeline", "data_pipeline"),
    Ground("dagster", "src/warehouse", "warehouse"),
    Ground("pipeline-centric", "pipelines/shared", "pipelines.shared"),
)


def template_files(ground: Ground, version: int) -> dict[str, str]:
    """Return what a version of the template has in all cells, by path in a repository."""
    files = {f"{ground.folder}/cells/__init__.py": '"""What the matrix moves."""\n'}
    for cell in CELLS:
        files[ground.path(cell, "__init__.py")] = f'"""The cell {cell.name}."""\n'
        modules = cell.change.before if version == 1 else cell.change.after
        for path, functions in modules.items():
            files[ground.path(cell, path)] = module_text(cell, functions, version)
        files[ground.path(cell, "report.py")] = report_text(ground, cell, modules)
    return files


def declared(ground: Ground) -> dict[str, list[dict[str, object]]]:
    """Return what the second version declares for a layout, by key."""
    said: dict[str, list[dict[str, object]]] = {"moves": [], "splits": []}
    for cell in CELLS:
        for key, rules in cell.change.declared.items():
            for rule in rules:
                placed: dict[str, object] = {
                    end: ground.path(cell, rule[end]) for end in ("from", "to")
                }
                if key == "splits":
                    placed["names"] = [f"{LEAST}_{cell.name}"]
                said[key].append({**placed, "layouts": [ground.layout]})
    return said


def module_text(cell: Cell, functions: Sequence[str], version: int = 1, marks: bool = False) -> str:
    """Return a module with these functions; ``marks`` are edits of the user's in each."""
    if not functions:
        return ""
    code = [
        _CODE[name].format(
            cell=cell.name,
            mark=f"  {cell.mark(name)}" if marks else "",
            last=_LAST[name][version - 1].format(cell=cell.name),
        )
        for name in functions
    ]
    names = " and ".join(f"{name}_{cell.name}" for name in functions)
    return "\n\n".join([f'"""How {names} are found."""\n', *code])


def report_text(ground: Ground, cell: Cell, modules: Modules) -> str:
    """Return a module that calls all functions of these modules, and is no part of the change."""
    imports, called = [], []
    for path, functions in sorted(modules.items()):
        if functions:
            names = sorted(f"{name}_{cell.name}" for name in functions)
            module = ground.module(ground.path(cell, path))
            imports.append(f"from {module} import {', '.join(names)}\n")
            called += names
    calls = ", ".join(f"{name}(prices)" for name in sorted(called))
    return f'''\
"""What is said of {cell.name}."""
{"".join([chr(10), *imports]) if imports else ""}

def report_{cell.name}(prices):
    """Return what is found out about the prices."""
    return ["{cell.name}"{f", {calls}" if calls else ""}]
'''


def users_files(ground: Ground, cell: Cell) -> dict[str, str | None]:
    """Return what the user writes, by path in the repository; None is a file that he deletes."""
    modules = cell.change.before
    written: dict[str, str | None] = {}
    if cell.touch == EDITED:
        written = {
            path: module_text(cell, functions, marks=True)
            for path, functions in modules.items()
            if functions
        }
    elif cell.touch == DELETED:
        modules = {path: names for path, names in modules.items() if path != cell.deleted}
        written = {cell.deleted: None, "report.py": report_text(ground, cell, modules)}
    elif cell.touch == MOVED:
        modules = {f"{ELSEWHERE}/{path}": functions for path, functions in modules.items()}
        written = dict.fromkeys(cell.change.before)
        written[f"{ELSEWHERE}/__init__.py"] = f'"""Of {cell.name}, moved by its user."""\n'
        for path, functions in modules.items():
            written[path] = module_text(cell, functions, marks=True)
        written["report.py"] = report_text(ground, cell, modules)
    elif cell.touch == ADDED:
        written = {cell.added: _added_text(ground, cell)}
    elif cell.touch == BOTH:
        home = cell.change.home(LEAST, after=False)
        text = module_text(cell, modules[home])
        written = {home: text.replace(cell.line(LEAST, 1), cell.contested)}
    return {
        **{ground.path(cell, path): text for path, text in written.items()},
        ground.user(cell): _user_text(ground, cell, modules),
    }


def _added_text(ground: Ground, cell: Cell) -> str:
    """Return the module that the user adds beside a module of the template's."""
    beside, other = (cell.change.home(name, after=False) for name in (TOTAL, LEAST))
    module = ground.module(ground.path(cell, other))
    sibling = beside.rpartition("/")[2].removesuffix(".py")
    return f'''\
"""Written by the user, beside {beside}."""

from {module} import least_{cell.name}

from .{sibling} import total_{cell.name}


def added_{cell.name}(prices):
    """Return both."""
    return total_{cell.name}(prices), least_{cell.name}(prices)
'''


def _user_text(ground: Ground, cell: Cell, modules: Modules) -> str:
    """Return the user's module, which imports what is there after what he did."""
    text = report_text(ground, cell, modules).replace("report_", "user_")
    if cell.touch != ADDED:
        return text
    package, _, name = ground.module(ground.path(cell, cell.added)).rpartition(".")
    added = f"\nfrom {package} import {name}\n\nADDED = {name}.added_{cell.name}\n"
    return text.replace("\n\n\n", f"{added}\n\n", 1)
