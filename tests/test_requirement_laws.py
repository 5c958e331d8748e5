"""Laws of requirements files: whatever the files say, what pip makes of each stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname, join, normpath

from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Evidence
from relayout.verification.requirements_kept import check_requirements_kept

RECIPE = load_recipe("batch-streaming", recipes_folder(find_suite()))
PATHS = (
    "requirements.txt",
    "requirements-dev.txt",
    "dev-requirements.txt",
    "requirements/dev.txt",
    "requirements/base.txt",
    "constraints.txt",
    "airflow/requirements.txt",
    "spark/requirements.txt",
    "services/spark/requirements.txt",
)
DOCKERFILES = (
    "",
    "FROM python:3.12\nCOPY requirements.txt /tmp/requirements.txt\n"
    "COPY requirements-dev.txt /tmp/requirements-dev.txt\n",
    "FROM python:3.12\nCOPY requirements*.txt constraints.txt /tmp/\n",
)
LINES = st.sampled_from(
    (
        "pandas==2.2.3",
        "pandas==1.5.3",
        "Requests[socks]>=2,<3 ; python_version < '3.13'",
        "kit @ https://example.org/kit-1.0.zip#sha256=aa",
        "six==1.16.0 --hash=sha256:bb",
        "--extra-index-url https://packages.example.org/simple",
        "# a comment",
        "-e .",
        "not a requirement at all",
    )
)
INCLUDES = st.tuples(st.sampled_from(("-r ", "-c ", "--requirement=")), st.sampled_from(PATHS))
CONTENTS = st.lists(st.one_of(LINES, INCLUDES), max_size=5)


@st.composite
def repositories(draw: st.DrawFn) -> dict[str, str]:
    """Draw requirements files that name each other, beside a Dockerfile."""
    paths = draw(st.lists(st.sampled_from(PATHS), min_size=1, unique=True))
    files = {path: _text(path, draw(CONTENTS)) for path in paths}
    dockerfile = draw(st.sampled_from(DOCKERFILES))
    return files | ({"Dockerfile": dockerfile} if dockerfile else {})


def _text(path: str, lines: list[str | tuple[str, str]]) -> str:
    written = (
        line if isinstance(line, str) else line[0] + _relative(line[1], dirname(path))
        for line in lines
    )
    return "".join(f"{line}\n" for line in written)


def _relative(path: str, folder: str) -> str:
    return "../" * len(folder.split("/")) + path if folder else path


def made_of(path: str, tree: Tree, seen: frozenset[str] = frozenset()) -> list[str]:
    """Return the lines that pip reads, those of included files among them."""
    found: list[str] = []
    for line in tree.read(path).decode().splitlines():
        option, _, named = line.replace("=", " ", 1).partition(" ")
        if option not in ("-r", "-c", "--requirement"):
            found.append(line)
            continue
        other = normpath(join(dirname(path), named))
        is_there = other in tree and other not in seen
        inner = made_of(other, tree, seen | {path}) if is_there else []
        found += [option, *inner]
    return found


def migrated(files: Mapping[str, str]) -> Migration:
    options = Options("batch-streaming", "sales")
    return migrate(Tree.of(files), RECIPE, options, lambda plan: None)


def lost(migration: Migration, tree: Tree) -> tuple[str, ...]:
    inventory, plan = migration.inventory, migration.plan
    check = check_requirements_kept(
        Evidence(take_inventory(tree), RECIPE, "sales", inventory, plan)
    )
    assert check is not None
    return check.details


@given(files=repositories())
def test_each_file_makes_pip_install_the_same(files: dict[str, str]) -> None:
    """Following what files include, each one says the same after the moves as before."""
    migration = migrated(files)
    targets = migration.plan.targets
    for path in files.keys() - {"Dockerfile"}:
        place = targets.get(path, path)
        assert made_of(place, migration.after) == made_of(path, migration.before)
    assert lost(migration, migration.after) == ()


@given(files=repositories(), data=st.data())
def test_no_line_can_go_without_being_told(files: dict[str, str], data: st.DataObject) -> None:
    """Take any line that says something away, and the check fails."""
    migration = migrated(files)
    targets = migration.plan.targets
    lines = [
        (targets.get(path, path), line)
        for path in sorted(files.keys() - {"Dockerfile"})
        for line in migration.after.read(targets.get(path, path)).decode().splitlines()
        if not line.startswith("#")
    ]
    if not lines or lost(migration, migration.after):
        return
    path, line = data.draw(st.sampled_from(lines))
    kept = migration.after.read(path).decode().replace(f"{line}\n", "", 1)
    told = lost(migration, migration.after.with_content({path: kept.encode()}))
    is_prose = all("not a requirement" in text for at, text in lines if at == path)
    assert told or is_prose
