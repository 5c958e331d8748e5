"""The check requirements-kept passes what lost nothing, and tells what did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options
from relayout.rendering import Rendering
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Evidence
from relayout.verification.requirements_kept import check_requirements_kept

RECIPE = load_recipe("batch-streaming", recipes_folder(find_suite()))
FILES = {
    "requirements.txt": """\
--index-url https://packages.example.org/simple
-c constraints.txt
pandas[parquet]==2.2.3 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
requests>=2.31,<3  # for the exchange rates
pywin32==306; sys_platform == "win32"
kit @ git+https://ada:secret@git.example.org/kit.git@v1
""",
    "constraints.txt": "urllib3<3\n",
    "requirements-dev.txt": "-r requirements.txt\npytest==8.3.3\n",
    "pyproject.toml": '[project]\nname = "sales"\nversion = "1"\n'
    'dependencies = ["rich>=13"]\n\n[project.optional-dependencies]\nplots = ["altair==5.4"]\n',
}


def migrated(files: Mapping[str, str]) -> Migration:
    def rendering(plan: object) -> Rendering:
        return Rendering({"pyproject.toml": b'[project]\nname = "sales"\n'}, frozenset())

    return migrate(Tree.of(files), RECIPE, Options("batch-streaming", "sales"), rendering)


def problems_of(migration: Migration, changes: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return what the check says after texts of files were changed."""
    tree = migration.after
    for path, (old, new) in changes.items():
        text = tree.read(path).decode()
        assert old in text
        tree = tree.with_content({path: text.replace(old, new).encode()})
    return _problems(migration, tree)


def _problems(migration: Migration, tree: Tree) -> list[str]:
    inventory, plan = migration.inventory, migration.plan
    evidence = Evidence(take_inventory(tree), RECIPE, "sales", inventory, plan)
    check = check_requirements_kept(replace(evidence, original=migration.original))
    assert check is not None
    assert check.passed is (not check.details)
    return list(check.details)


@pytest.fixture(scope="module")
def migration() -> Migration:
    return migrated(FILES)


def test_a_migration_keeps_everything(migration: Migration) -> None:
    assert problems_of(migration, {}) == []
    assert "requirements/base.txt" in migration.after


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("requirements/base.txt", "--hash=sha256:bbbb", "--hash=sha256:cccc"),
        ("requirements/base.txt", "--index-url https://packages.example.org/simple\n", ""),
        ("requirements/base.txt", "-c constraints.txt\n", ""),
        ("requirements/base.txt", "-c constraints.txt", "-c ../constraints.txt"),
        ("requirements/constraints.txt", "urllib3<3", "urllib3"),
        ("requirements/dev.txt", "-r base.txt", "-r requirements.txt"),
        ("requirements/dev.txt", "-r base.txt\n", ""),
        ("pyproject.toml", "rich>=13", "rich"),
        ("pyproject.toml", "altair==5.4", "altair>=5.4"),
    ],
)
def test_what_is_lost_or_weaker_is_told(
    migration: Migration, path: str, old: str, new: str
) -> None:
    [problem] = problems_of(migration, {path: (old, new)})
    assert problem.startswith(f"{path}: nothing requires ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("requests>=2.31,<3", "requests>=2.31"),
        ("; sys_platform", '; python_version > "3" and sys_platform'),
        ("git.example.org/kit.git@v1", "git.example.org/kit.git"),
        ("pytest==8.3.3", "pytest"),
    ],
)
def test_a_requirement_has_to_be_in_the_file_or_in_the_group(
    migration: Migration, old: str, new: str
) -> None:
    path = "requirements/dev.txt" if "pytest" in old else "requirements/base.txt"
    in_project = (old, new) if old in migration.after.read("pyproject.toml").decode() else None
    in_file = {path: (old, new)}
    assert problems_of(migration, in_file) == []  # the group still has it
    if in_project is None:
        in_project = (old.replace('"', "'"), new)
    [problem] = problems_of(migration, in_file | {"pyproject.toml": in_project})
    assert "secret" not in problem


def test_a_file_that_is_gone_is_told(migration: Migration) -> None:
    told = _problems(migration, migration.after.without({"requirements/constraints.txt"}))
    assert "requirements/constraints.txt: nothing requires 'urllib3<3' any more" in told


def test_without_a_state_before_there_is_nothing_to_compare(migration: Migration) -> None:
    after = take_inventory(migration.after)
    assert check_requirements_kept(Evidence(after, RECIPE, "sales")) is None
