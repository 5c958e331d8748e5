"""Each rule that comes with a monorepo fails where it is broken, and says where."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Render = Callable[[Mapping[str, object]], Path]
Files = Mapping[str, str]


@pytest.fixture
def repository(render: Render, tmp_path: Path) -> Path:
    project = tmp_path / "project"
    shutil.copytree(render({"layout": "monorepo"}), project)
    return project


def write(repository: Path, added: Files) -> None:
    for name, text in added.items():
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rules(repository: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    tests = ["tests/test_rules.py", "tests/test_no_path_hacks.py"]
    return subprocess.run(
        [*command, *tests], cwd=repository, capture_output=True, text=True, check=False
    )


def contracts(repository: Path) -> subprocess.CompletedProcess[str]:
    sources = os.pathsep.join(str(path) for path in repository.glob("packages/*/src"))
    return subprocess.run(
        [sys.executable, "tools/contracts.py"],
        cwd=repository,
        env=os.environ | {"PYTHONPATH": sources},
        capture_output=True,
        text=True,
        check=False,
    )


SRC = "packages/data_pipeline/src"
CORE = "packages/etl_core/src/etl_core"


@pytest.mark.parametrize(
    ("added", "test", "shown"),
    [
        ({f"{SRC}/second/x.py": ""}, "one_import_namespace", "data_pipeline, second"),
        ({f"{SRC}/single.py": ""}, "one_import_namespace", "data_pipeline, single"),
        (
            {"packages/data_pipeline/flat/__init__.py": ""},
            "one_import_namespace",
            "has a package outside src: flat",
        ),
        (
            {
                "packages/twin/pyproject.toml": '[project]\nname = "twin"\n',
                "packages/twin/src/data_pipeline/__init__.py": "",
            },
            "no_two_packages_share",
            "data_pipeline as well",
        ),
        ({"packages/data_pipeline/manage.py": ""}, "no_django_project", "data_pipeline/manage.py"),
        (
            {f"{SRC}/data_pipeline/management/commands/load.py": ""},
            "no_django_project",
            "data_pipeline/management/commands",
        ),
        (
            {f"{SRC}/data_pipeline/old.py": "def f():\n    from legacy_django import models\n"},
            "what_was_set_aside",
            "data_pipeline/old.py:2: legacy_django.models",
        ),
        ({f"{CORE}/orm.py": "import django.db\n"}, "core_is_pure", "orm.py:1: django.db"),
        ({f"{CORE}/orm.py": "from sqlalchemy import orm\n"}, "core_is_pure", "sqlalchemy.orm"),
        (
            {f"{CORE}/orm.py": "from shop.models import Order\n"},
            "core_is_pure",
            "shop.models.Order",
        ),
        (
            {f"{CORE}/late.py": "import importlib\nimportlib.import_module('django.conf')\n"},
            "core_is_pure",
            "late.py:2: django.conf",
        ),
        (
            {f"{CORE}/up.py": "from data_pipeline import s3\n"},
            "core_is_pure",
            "data_pipeline.s3",
        ),
        (
            {f"{SRC}/data_pipeline/hack.py": "import sys\nsys.path.append('x')\n"},
            "changes_the_search_path",
            "hack.py:2: sys.path.append('x')",
        ),
        (
            {"packages/etl_core/tests/test_hack.py": "import sys\nsys.path.append('x')\n"},
            "changes_the_search_path",
            "test_hack.py:2: sys.path.append('x')",
        ),
    ],
)
def test_a_rule_that_is_broken_fails(repository: Path, added: Files, test: str, shown: str) -> None:
    write(repository, added)
    done = rules(repository)
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1 or test == "no_two_packages_share"
    assert all(test in line for line in failed)
    assert shown in done.stdout


def test_every_file_of_a_django_project_is_named(repository: Path) -> None:
    names = ("settings", "wsgi", "asgi", "urls", "views", "apps")
    write(repository, {f"{SRC}/data_pipeline/web/{name}.py": "" for name in names})
    done = rules(repository)
    assert done.returncode == 1
    assert all(f"{SRC}/data_pipeline/web/{name}.py" in done.stdout for name in names)


def test_what_is_set_aside_or_a_test_breaks_no_rule(repository: Path) -> None:
    package = "packages/data_pipeline"
    write(
        repository,
        {
            f"{package}/legacy_django/manage.py": "import sys\nsys.path.append('x')\n",
            f"{package}/legacy_django/shop/__init__.py": "",
            f"{package}/legacy_django/shop/management/commands/load.py": "print 'Python 2'\n",
            f"{package}/__legacy/settings.py": "",
            f"{package}/tests/settings.py": "",
            f"{package}/.venv/lib/views.py": "",
            "packages/notes.md": "",
        },
    )
    done = rules(repository)
    assert done.returncode == 0, done.stdout


NEW = '[project]\nname = "new"\ndependencies = {}\n'


@pytest.mark.parametrize(
    ("added", "broken"),
    [
        ({}, ""),
        ({f"{CORE}/up.py": "from data_pipeline import s3\n"}, "etl_core imports no other package"),
        ({f"{CORE}/orm.py": "import django\n"}, "etl_core imports no framework"),
        (
            {
                "packages/new/pyproject.toml": NEW.format("[]"),
                "packages/new/src/new/__init__.py": "import etl_core.retry\n",
            },
            "new imports no other package",
        ),
        (
            {
                "packages/new/pyproject.toml": NEW.format('["etl_core"]'),
                "packages/new/src/new/__init__.py": "import etl_core.retry\n",
            },
            "",
        ),
        (
            {
                "packages/new/pyproject.toml": NEW.format('["data-pipeline>=0.1"]'),
                "packages/new/src/new/__init__.py": "import data_pipeline.cli, etl_core.retry\n",
            },
            "new imports data_pipeline",
        ),
    ],
)
def test_packages_import_each_other_as_declared_and_not_otherwise(
    repository: Path, added: Files, broken: str
) -> None:
    write(repository, added)
    done = contracts(repository)
    assert done.returncode == (1 if broken else 0), done.stdout + done.stderr
    found = [
        line.removesuffix("BROKEN").strip()
        for line in done.stdout.splitlines()
        if line.endswith("BROKEN")
    ]
    assert found == ([broken] if broken else [])
