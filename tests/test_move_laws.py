"""Laws of moves that a plan writes down: any module to any place, and back again."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from migrations import checks_of, migrate_files, migrate_tree
from relayout.migration import Migration
from relayout.planning.plan import Options
from relayout.source import Source
from test_laws import Repository, assert_programs_are_equal, contents, repositories
from workbench import Files

LAW = settings(suppress_health_check=[HealthCheck.too_slow])

STEMS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")

# -- a package, and moves within it

MODULES = {
    "src/app/db.py": "app.db",
    "src/app/text.py": "app.text",
    "src/app/one/db.py": "app.one.db",
    "src/app/one/clock.py": "app.one.clock",
    "src/app/two/text.py": "app.two.text",
    "src/app/two/deep/rows.py": "app.two.deep.rows",
}
"""Modules of a package, some with one name in several folders, and what each is called."""

INIT = ("src/app", "src/app/one", "src/app/two", "src/app/two/deep")
FOLDERS = ("src/app", "src/app/one", "src/app/two", "src/app/two/deep", "src/app/three")

FORMS = {
    "import a.b": "import {dotted}\nshow({dotted}.NAME, {dotted}.who())\n",
    "import a.b passed on": "import {dotted}\nshow(getattr({dotted}, 'NAME'))\n",
    "import a.b in a function": (
        "def f():\n    import {dotted}\n    return {dotted}.NAME\nshow(f())\n"
    ),
    "import a.b as c": "import {dotted} as m_{n}\nshow(m_{n}.who())\n",
    "from a import b": "from {parent} import {last}\nshow({last}.NAME)\n",
    "from a import b as c": "from {parent} import {last} as m_{n}\nshow(m_{n}.NAME)\n",
    "from a.b import c": "from {dotted} import who as w_{n}, NAME as N_{n}\nshow(w_{n}(), N_{n})\n",
    "parentheses": (
        "from {dotted} import (  # of {last}\n    who as w_{n},  # one\n    NAME as N_{n},\n)\n"
        "show(N_{n})\n"
    ),
    "star": "from {dotted} import *\nshow(NAME)\n",
    "semicolons": "x_{n} = 1; import {dotted} as m_{n}; show(m_{n}.NAME)\n",
    "try": (
        "try:\n    from {dotted} import NAME\nexcept ImportError:\n    NAME = ''\nshow(NAME)\n"
    ),
    "relative": "from {relative} import NAME as N_{n}\nshow(N_{n})\n",
    "relative module": "from {relative_parent} import {last} as m_{n}\nshow(m_{n}.NAME)\n",
    "lazy": (
        "def g_{n}():\n    from {parent} import {last} as it\n    return it.NAME\nshow(g_{n}())\n"
    ),
}

PROGRAM_FORMS = {
    "two at once": "import {dotted}, app.db as q_{n}\nshow({dotted}.NAME, q_{n}.NAME)\n",
    "two from one": "from app.one import db, clock  # both\nshow(db.NAME, clock.NAME)\n",
    "two in parentheses": (
        "from app.one import (\n    db,  # one\n    clock as c_{n},  # two\n)\n"
        "show(db.NAME, c_{n}.NAME)\n"
    ),
    "in a class": (
        "class K_{n}:\n    import {dotted} as m\n    from {parent} import {last}\n"
        "show(K_{n}.m.NAME, K_{n}.{last}.NAME)\n"
    ),
    "deleted": "import {dotted} as d_{n}\nshow(d_{n}.NAME)\ndel d_{n}\n",
}
"""Forms for the program alone: modules that import each other so would go round in a circle."""

SHOW = "def show(*what):\n    print(*what)\n\n\n"


def imports_of(form: str, importer: str, imported: str, number: int) -> str:
    """Return code that imports a module in one form and shows what it found."""
    dotted = MODULES[imported]
    parent, _, last = dotted.rpartition(".")
    here = importer.removeprefix("src/").split("/")[:-1]
    there = parent.split(".")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    above = "." * (len(here) - shared + 1) + ".".join(there[shared:])
    return {**FORMS, **PROGRAM_FORMS}[form].format(
        dotted=dotted,
        parent=parent,
        last=last,
        n=number,
        relative=f"{above}{'' if above.endswith('.') else '.'}{last}",
        relative_parent=above,
    )


@st.composite
def packages(draw: st.DrawFn) -> Repository:
    """A package of which later modules import earlier ones, and a program that imports them."""
    files: dict[str, str] = {
        "Makefile": "run:\n\tpython src/app/main.py\n",
        "pyproject.toml": '[project]\nname = "app"\nversion = "1"\n',
        **{f"{folder}/__init__.py": "" for folder in INIT},
    }
    paths = list(MODULES)
    for number, path in enumerate(paths):
        dotted = MODULES[path]
        code = f'NAME = "{dotted}"\n\n\ndef who():\n    return "who of {dotted}"\n\n\n'
        files[path] = SHOW + draw(uses(path, paths[:number], 2)) + code
    files["src/app/main.py"] = SHOW + draw(uses("src/app/main.py", paths, 5))
    return Repository(files, ("src/app/main.py",))


@st.composite
def uses(draw: st.DrawFn, importer: str, modules: list[str], most: int) -> str:
    """Imports of some modules, each in some form."""
    if not modules:
        return ""
    wanted = draw(st.lists(st.sampled_from(modules), max_size=most))
    possible = sorted(FORMS)
    if importer.endswith("/main.py"):
        possible = sorted({*FORMS, *PROGRAM_FORMS} - {"relative", "relative module"})
    forms = [draw(st.sampled_from(possible)) for _ in wanted]
    pairs = enumerate(zip(wanted, forms, strict=True))
    return "".join(imports_of(form, importer, module, n) for n, (module, form) in pairs)


@st.composite
def moves_within(draw: st.DrawFn) -> dict[str, str]:
    """Moves of some modules to other folders of the package, under their name or another."""
    moves: dict[str, str] = {}
    taken = set(MODULES) | {"src/app/main.py"}
    for path in draw(st.lists(st.sampled_from(sorted(MODULES)), min_size=1, unique=True)):
        stem = draw(st.sampled_from([path.rpartition("/")[2].removesuffix(".py"), *STEMS]))
        target = f"{draw(st.sampled_from(FOLDERS))}/{stem}.py"
        if target not in taken:
            taken.add(target)
            moves[path] = target
    return moves


APP = Options("src-layout", package="app")


def migrated(files: Files, moves: Mapping[str, str]) -> Migration:
    """Return the migration of a package by these moves alone."""
    return migrate_files(files, APP, dict(moves))


def shape_of_imports(content: bytes) -> list[tuple[int, ...]]:
    """Return what an inverse cannot guess: how many statements import, and which are relative."""
    nodes = ast.walk(Source.decode(content).parse())
    return sorted(
        (node.lineno, node.level if isinstance(node, ast.ImportFrom) else 0, len(node.names))
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


@LAW
@given(packages(), moves_within())
def test_programs_print_the_same_after_moves_within_a_package(
    repository: Repository, moves: dict[str, str]
) -> None:
    migration = migrated(repository.files, moves)
    show(migration, moves)
    assert_programs_are_equal(repository, migration)
    failed = [c.name for c in checks_of(migration).values() if not c.passed]
    assert set(failed) <= {"layout-rules"}


@LAW
@given(packages(), moves_within())
def test_a_migration_and_its_inverse_give_back_the_bytes(
    repository: Repository, moves: dict[str, str]
) -> None:
    """Of every file, unless a statement was split, or a relative import became absolute."""
    there = migrated(repository.files, moves)
    show(there, moves)
    back = migrated(contents(there.after), {new: old for old, new in moves.items()})
    for path in there.before.modules:
        content = there.before.read(path)
        between = there.after.read(moves.get(path, path))
        if shape_of_imports(between) == shape_of_imports(content):
            assert back.after.read(path).decode() == content.decode(), path


@pytest.mark.parametrize(
    "code",
    [
        "import app.db\nprint(app.__name__, app.db.NAME)\n",
        "import app.db\ndef same(app):\n    return app\nprint(same(1), app.db.NAME)\n",
        "import app.db\nprint(app.db.NAME)\napp = 'not the package'\nprint(app)\n",
        "app = 'not yet'\nprint(app)\nimport app.db\nprint(app.db.NAME)\n",
        "import app.db\napp: object\nprint(app.db.NAME)\n",
        "try:\n    import app.db\nexcept ImportError:\n    app = None\n"
        "if app:\n    print(app.db.NAME)\n",
        "for n in 'ab':\n    import app.db\n    print(app.db.NAME)\n    app = n\nprint(app)\n",
        "import app.db\nif app.db.NAME:\n    app = 'x'\nprint(app)\n",
        "import app.db\ndef app(x=app.db.NAME):\n    return x\nprint(app())\n",
        "def f(app):\n    print(app)\n    import app.db\n    return app.db.NAME\nprint(f(1))\n",
        "import app.db\nwith open(app.db.NAME + '.txt', 'w') as app:\n    print(app.name)\n"
        "print(app.closed)\n",
    ],
)
def test_a_module_whose_package_is_used_as_well(code: str) -> None:
    files = {"Makefile": "run:\n\tpython src/app/main.py\n", "src/app/__init__.py": ""}
    files |= {"src/app/db.py": "NAME = 'db'\n", "src/app/main.py": code}
    migration = migrated(files, {"src/app/db.py": "src/app/two/rows.py"})
    assert_programs_are_equal(Repository(files, ("src/app/main.py",)), migration)


def show(migration: Migration, moves: Mapping[str, str]) -> None:
    """Note what became of every file, for the report of a failure."""
    note(f"moves = {dict(moves)}")
    for path in migration.before:
        if path.endswith(".py") and migration.before.read(path):
            new_path = migration.plan.targets.get(path, path)
            note(f"--- {path}\n{migration.before.read(path).decode()}")
            note(f"+++ {new_path}\n{migration.after.read(new_path).decode()}")


# -- scripts and helpers, each to a place of its own


@st.composite
def scattered(draw: st.DrawFn) -> tuple[Repository, dict[str, str]]:
    """A repository of scripts on path hacks, and a place in the package for each file of it."""
    repository = draw(repositories())
    moves: dict[str, str] = {"old/attempt.py": "__legacy/old/attempt.py"}
    for path in sorted(repository.files):
        if not path.endswith(".py") or path in moves:
            continue
        if path.endswith("__init__.py"):
            moves[path] = f"src/pipelines/helpers/{path}"
            continue
        own = path.rpartition("/")[2].removesuffix(".py")
        folder = draw(st.sampled_from(["", "core/", "core/deep/", "helpers/utils/", "jobs/"]))
        free = [
            stem
            for stem in (own, *STEMS)
            if f"src/pipelines/{folder}{stem}.py" not in moves.values()
        ]
        moves[path] = f"src/pipelines/{folder}{draw(st.sampled_from(free))}.py"
    return repository, moves


@LAW
@given(scattered())
def test_programs_print_the_same_wherever_each_file_goes(
    generated: tuple[Repository, dict[str, str]],
) -> None:
    """The scripts are started by their paths; and nothing is left to do for another run."""
    repository, moves = generated
    migration = migrate_files(repository.files, moves=moves)
    show(migration, moves)
    assert_programs_are_equal(repository, migration)
    failed = [c.name for c in checks_of(migration).values() if not c.passed]
    assert set(failed) <= {"layout-rules"}
    assert migrate_tree(migration.after).plan.is_empty
