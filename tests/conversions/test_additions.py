"""What a layout adds to a repository, beside what the repository has itself."""

from __future__ import annotations

from typing import Any

import pytest
import tomlkit

from migrations import SRC_LAYOUT, checks_of, text_after
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options
from relayout.rendering import Rendering
from relayout.tree import Tree

PROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "pipelines"
version = "0.1.0"
readme = "README.md"
requires-python = ">=3.10"
dependencies = []

[dependency-groups]
dev = ["mypy>=1.18", "pytest>=8"]

[tool.hatch.build.targets.wheel]
packages = ["src/pipelines"]
"""
TEMPLATE = {
    "pyproject.toml": PROJECT,
    "README.md": "# Ours\n",
    ".gitignore": "/.venv/\n",
    ".dockerignore": "*\n!src\n",
    "compose.yaml": "services: {}\n",
}
SCRIPT = "def main():\n    print(1)\n\n\nif __name__ == '__main__':\n    main()\n"
LEGACY = {"Makefile": "run:\n\tpython etl/load.py\n", "etl/load.py": SCRIPT}


def adopted(files: dict[str, str]) -> Migration:
    rendering = Rendering({p: t.encode() for p, t in TEMPLATE.items()}, frozenset())
    tree = Tree.of({**LEGACY, **files})
    return migrate(tree, SRC_LAYOUT, Options("src-layout"), lambda plan: rendering)


def project_after(migration: Migration) -> dict[str, Any]:
    project = tomlkit.parse(text_after(migration, "pyproject.toml")).unwrap()["project"]
    assert isinstance(project, dict)
    return project


def findings_of(migration: Migration, code: str) -> list[str]:
    return [finding.path for finding in migration.plan.findings if finding.code == code]


def test_setup_py_becomes_the_project_and_its_entry_points_follow() -> None:
    script = """\
from setuptools import setup

setup(
    name="shop",
    version="2.0",
    install_requires=["pandas"],
    entry_points={"console_scripts": ["shop-load = etl.load:main"]},
)
"""
    migration = adopted({"setup.py": script, "requirements.txt": "rich\npandas==2.2\n"})
    project = project_after(migration)
    assert (project["name"], project["version"]) == ("shop", "2.0")
    assert project["requires-python"] == ">=3.10"
    assert project["dependencies"] == ["pandas", "rich"]
    assert project["scripts"] == {"shop-load": "pipelines.etl.load:main"}
    assert text_after(migration, "setup.py") == script
    assert findings_of(migration, "setup-script") == ["setup.py"]
    assert checks_of(migration)["entry-points-resolve"].passed


def test_a_project_that_is_described_already_is_not_taken_from_setup_py() -> None:
    script = "from setuptools import setup\nsetup(name='old')\n"
    for mine in ('[project]\nname = "mine"\n', '[tool.poetry]\nname = "mine"\n'):
        migration = adopted({"setup.py": script, "pyproject.toml": mine})
        assert "old" not in text_after(migration, "pyproject.toml")
        assert findings_of(migration, "setup-script") == []


def test_modules_in_the_folder_of_package_dir_are_found() -> None:
    script = """\
from setuptools import setup
setup(package_dir={"": "etl"}, entry_points={"console_scripts": ["go = load:main"]})
"""
    assert project_after(adopted({"setup.py": script}))["scripts"] == {
        "go": "pipelines.etl.load:main"
    }


def test_the_readme_is_the_one_that_is_there() -> None:
    assert project_after(adopted({}))["readme"] == "README.md"
    assert project_after(adopted({"readme.md": ""}))["readme"] == "readme.md"
    assert project_after(adopted({"README.rst": ""}))["readme"] == "README.rst"
    plain = {"file": "README", "content-type": "text/plain"}
    assert project_after(adopted({"README": ""}))["readme"] == plain
    assert project_after(adopted({"README.rst": "", "readme.md": ""}))["readme"] == "readme.md"


def test_a_readme_of_another_form_is_no_reason_for_a_second_one() -> None:
    migration = adopted({"README.rst": "Mine\n"})
    assert "README.md" not in migration.after
    assert text_after(migration, "README.md.relayout-new") == "# Ours\n"
    assert findings_of(migration, "kept-yours") == ["README.rst"]


@pytest.mark.parametrize("name", ["docker-compose.yml", "docker-compose.yaml", "compose.yml"])
def test_services_of_another_file_are_not_hidden_by_a_second_one(name: str) -> None:
    migration = adopted({name: "services: {db: {image: postgres}}\n"})
    assert "compose.yaml" not in migration.after
    assert text_after(migration, "compose.yaml.relayout-new") == "services: {}\n"
    assert findings_of(migration, "kept-yours") == [name]


def test_the_package_exists_even_if_nothing_was_placed_in_it() -> None:
    tree = Tree.of({"notes.txt": "nothing to run\n"})
    rendering = Rendering({"pyproject.toml": PROJECT.encode()}, frozenset())
    options = Options("src-layout", package="pipelines")
    migration = migrate(tree, SRC_LAYOUT, options, lambda plan: rendering)
    assert text_after(migration, "src/pipelines/__init__.py") == ""
    assert checks_of(migration)["everything-accounted-for"].passed


def test_requirements_in_other_folders_are_reported_once_each() -> None:
    migration = adopted(
        {
            "requirements/base.txt": "rich\n",
            "services/api/requirements.txt": "flask\nuvicorn\n",
            "services/etl/requirements/dev.in": "pytest\n",
            "services/etl/requirements/dev.txt": "pytest==8\n",
            "docs/notes.txt": "x\n",
        }
    )
    assert findings_of(migration, "requirement-not-wired") == [
        "services/api/requirements.txt",
        "services/etl/requirements/dev.in",
    ]
    assert project_after(migration)["dependencies"] == ["rich"]


def test_ignored_secrets_stay_ignored_where_the_code_went() -> None:
    mine = "etl/db_config.json\n/etl/*.secret.yaml\n!etl/keep.json\n*.log\n"
    migration = adopted({".gitignore": mine, ".dockerignore": "etl/output\n"})
    assert text_after(migration, ".gitignore") == (
        f"{mine}\n# Added by the layout\n/.venv/\n"
        "\n# Follows the moved folders\nsrc/pipelines/etl/db_config.json\n"
        "/src/pipelines/etl/*.secret.yaml\n!src/pipelines/etl/keep.json\n"
    )
    assert text_after(migration, ".dockerignore").endswith(
        "!src\n\n# Follows the moved folders\nsrc/pipelines/etl/output\n"
    )
    assert checks_of(migration)["everything-accounted-for"].passed


def test_ignore_files_that_name_no_moved_folder_get_no_title() -> None:
    migration = adopted({".gitignore": "*.log\n__pycache__/\n"})
    assert "Follows" not in text_after(migration, ".gitignore")
    assert "Follows" not in text_after(migration, ".dockerignore")
