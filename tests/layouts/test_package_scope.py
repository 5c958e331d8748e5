"""A further package of a monorepo: added by Copier, known to everything at once, updated alone."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import tomlkit
import yaml
from building import Build
from growing import add as add_component
from growing import changed, commit, git, make, release, update

Render = Callable[[Mapping[str, object]], Path]
ANSWERS = "packages/orders/.copier-answers.yml"


def add(tagged: Path, folder: Path, *data: str, answers: str = "") -> str:
    """Add a package, and return what Copier said where it refused."""
    return add_component(tagged, folder, "scope=package", *data, answers=answers)


@pytest.fixture
def repository(tagged: Path, tmp_path: Path) -> Path:
    return make(
        tagged,
        tmp_path / "repository",
        "layout=monorepo",
        "licence=Proprietary",
        "python_version=3.11",
        "author_name=Ada",
    )


def test_a_package_is_all_that_is_added(tagged: Path, repository: Path) -> None:
    assert add(tagged, repository, "package=orders") == ""
    new = changed(repository)
    assert {ANSWERS, "packages/orders/pyproject.toml", "packages/orders/Dockerfile"} <= new
    assert all(path.startswith("packages/orders/") for path in new)


def test_its_answers_are_those_of_the_repository_but_its_own_name(
    tagged: Path, repository: Path
) -> None:
    add(tagged, repository, "package=orders", "description=Loads orders.")
    recorded = yaml.safe_load((repository / ANSWERS).read_text(encoding="utf-8"))
    assert recorded["scope"] == "package"
    assert recorded["package"] == "orders"
    assert recorded["description"] == "Loads orders."
    assert recorded["_commit"] == "v1.0.0"
    of_repository = yaml.safe_load((repository / ".copier-answers.yml").read_text(encoding="utf-8"))
    for name in ("layout", "package_manager", "python_version", "licence", "author_name"):
        assert recorded[name] == of_repository[name]
    assert "adopt" not in recorded
    pyproject = tomlkit.parse((repository / "packages/orders/pyproject.toml").read_text())
    assert pyproject["project"]["requires-python"] == ">=3.11"
    assert pyproject["project"]["license"] == "LicenseRef-Proprietary"


def test_the_answers_of_the_repository_may_stand_beside_those_of_another_template(
    tagged: Path, repository: Path
) -> None:
    beside = ".copier-answers.relayout.yml"
    (repository / ".copier-answers.yml").rename(repository / beside)
    (repository / ".copier-answers.yml").write_text("_src_path: gh:some/other\n")
    commit(repository, "Another template")
    assert add(tagged, repository, "package=orders", answers=beside) == ""
    assert all(path.startswith("packages/orders/") for path in changed(repository))
    recorded = yaml.safe_load((repository / ANSWERS).read_text(encoding="utf-8"))
    assert recorded["author_name"] == "Ada"


def test_nothing_is_adopted(tagged: Path, repository: Path) -> None:
    add(tagged, repository, "package=orders", "adopt=true")
    assert git(repository, "branch", "--list").split() == ["*", "main"]


def test_everything_knows_it_at_once(tagged: Path, repository: Path) -> None:
    add(tagged, repository, "package=orders")

    def printed(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=repository, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert json.loads(printed("tools/affected.py", "--base=HEAD")) == ["orders"]
    assert 'name = "orders imports etl_core"' in printed("tools/contracts.py", "--show")
    assert "  orders-order-list  (orders.cli.order_list:main)" in printed("tools/run_script.py")
    assert "[orders]" in printed(
        "-m", "pytest", "-v", "-p", "no:cacheprovider", "tests/test_rules.py"
    )


def test_poetry_is_told_of_it_and_its_file_stays_as_it_was(tagged: Path, tmp_path: Path) -> None:
    repository = make(tagged, tmp_path / "repository", "layout=monorepo", "package_manager=poetry")
    pyproject = repository / "pyproject.toml"
    before = pyproject.read_text(encoding="utf-8").replace("[dependency", "# ours\n[dependency", 1)
    pyproject.write_text(before, encoding="utf-8")
    assert add(tagged, repository, "package=a_b") == ""
    line = 'a-b = {path = "packages/a_b", develop = true}\n'
    after = pyproject.read_text(encoding="utf-8")
    assert line in after
    assert after.replace(line, "") == before


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (("package=data_pipeline",), "the name of a package that this repository has already"),
        (("package=etl_core",), "the name of a package that this project depends on"),
        (("package=Orders",), "is not a name for a package"),
        (
            ("package=orders", "layout=src-layout"),
            "is not on the layout monorepo but on src-layout",
        ),
    ],
)
def test_a_package_that_does_not_fit_is_refused(
    tagged: Path, repository: Path, data: tuple[str, ...], message: str
) -> None:
    assert message in add(tagged, repository, *data)
    assert changed(repository) == set()


def test_a_package_is_not_added_twice(tagged: Path, repository: Path) -> None:
    add(tagged, repository, "package=orders")
    commit(repository, "Add orders")
    assert "that this repository has already" in add(tagged, repository, "package=orders")
    assert changed(repository) == set()


def test_a_namespace_that_another_folder_has_is_taken(tagged: Path, repository: Path) -> None:
    code = repository / "packages" / "other" / "src" / "orders"
    code.mkdir(parents=True)
    (code / "__init__.py").write_text("")
    commit(repository, "Another folder")
    assert "that this repository has already" in add(tagged, repository, "package=orders")


def test_a_repository_on_another_layout_is_refused(tagged: Path, tmp_path: Path) -> None:
    repository = make(tagged, tmp_path / "repository", "layout=src-layout")
    message = add(tagged, repository, "package=orders")
    assert "is not on the layout monorepo but on src-layout, so no package can be added" in message
    assert changed(repository) == set()


@pytest.mark.parametrize("data", [(), ("layout=monorepo",)])
def test_a_folder_on_no_layout_is_refused(
    tagged: Path, tmp_path: Path, data: tuple[str, ...]
) -> None:
    folder = tmp_path / "a [folder]"
    folder.mkdir()
    message = add(tagged, folder, "package=orders", *data)
    assert "has no .copier-answers.yml, so it is on no layout" in message
    assert list(folder.iterdir()) == []


def test_without_the_core_a_package_starts_without_a_job(tagged: Path, tmp_path: Path) -> None:
    """A repository that was adopted brings its own code."""
    repository = make(tagged, tmp_path / "re[po]", "layout=monorepo", "pipeline=")
    refused = add(tagged, repository, "package=orders", "pipeline=order_list")
    assert "no packages/etl_core, which the sample job of a new package needs" in refused
    assert changed(repository) == set()
    assert add(tagged, repository, "package=orders") == ""
    assert not (repository / "packages/orders/src").exists()
    assert "that this repository has already" in add(tagged, repository, "package=orders")


def test_a_package_is_updated_alone_and_edits_stay(
    tagged: Path, repository: Path, tmp_path: Path
) -> None:
    newer = shutil.copytree(tagged, tmp_path / "suite")
    for path in (repository / ".copier-answers.yml",):
        text = path.read_text(encoding="utf-8").replace(str(tagged), str(newer))
        path.write_text(text, encoding="utf-8")
    add(newer, repository, "package=orders")
    readme = repository / "packages" / "orders" / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "\nOurs.\n", encoding="utf-8")
    (repository / "packages" / "orders" / "src" / "orders" / "ours.py").write_text("OURS = 1\n")
    commit(repository, "Add orders")

    layout = newer / "template" / "{% if layout == 'monorepo' %}.{% endif %}"
    package = layout / "packages" / "{{ package }}"
    (package / "NEWS.md").write_text("New in version 2\n")
    template = package / "README.md.jinja"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("# {{ package }}", "# {{ package }}, version 2", 1))
    assert template.read_text(encoding="utf-8") != text
    makefile = layout / "{% if scope == 'repository' %}.{% endif %}" / "Makefile.jinja"
    makefile.write_text(makefile.read_text(encoding="utf-8") + "# version 2\n", encoding="utf-8")
    release(newer, 2)

    update(repository, ANSWERS)
    assert changed(repository) == {
        ANSWERS,
        "packages/orders/NEWS.md",
        "packages/orders/README.md",
    }
    updated = readme.read_text(encoding="utf-8")
    assert updated.startswith("# orders, version 2\n")
    assert updated.endswith("\nOurs.\n")
    commit(repository, "Update orders")

    update(repository)
    root = changed(repository)
    assert {"Makefile", "packages/data_pipeline/NEWS.md", ".copier-answers.yml"} <= root
    assert not any(path.startswith("packages/orders/") for path in root)


@pytest.mark.layout_build
def test_a_further_package_is_installed_tested_and_linted(
    tagged: Path, render: Render, tmp_path: Path
) -> None:
    build = Build(render({"layout": "monorepo"}), tmp_path / "project")
    assert add(tagged, build.folder, "package=orders") == ""
    build.make("setup")
    build.commit("Add orders")
    assert "orders-order-list" in build.make("run", "SCRIPT=orders-order-list", "ARGS=--help")
    assert "4 kept, 0 broken" in build.make("lint")
    (build.folder / "packages" / "orders" / "notes.txt").write_text("changed\n")
    tested = build.make("changed", "BASE=HEAD")
    assert re.findall(r"^(\w+): test$", tested, re.MULTILINE) == ["orders"]
    assert " passed" in tested
    assert build.changes() == {"packages/orders/notes.txt"}
