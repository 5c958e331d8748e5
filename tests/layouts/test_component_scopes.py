"""A further pipeline, or group of assets of Dagster: added by Copier, updated alone."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import tomlkit
import yaml
from building import require_ruff_content, require_well_formed
from growing import add, changed, commit, make, release, update

LONG = "abcdefghij_abcdefghij_01234567"
OTHER_LONG = "zyxwvutsrq_zyxwvutsrq_01234567"


@dataclass(frozen=True)
class Kind:
    """What a layout grows by, and what is added of it."""

    layout: str
    scope: str
    question: str
    folder: str
    """Where a component has its answers."""

    test: str
    """One of its tests."""

    paths: frozenset[str]
    """All that comes with a component, but its answers."""

    also: frozenset[str] = frozenset()
    """What of the repository names a component."""

    first: str = "order_list"
    """The pipeline that the repository began with."""

    python: str = "3.14"
    """The last Python that the layout runs on."""

    def data(self, name: str) -> tuple[str, str]:
        """Return the answers that add a component."""
        return f"scope={self.scope}", f"{self.question}={name}"

    def answers(self, name: str) -> str:
        """Return where a component has its answers."""
        return f"{self.folder}/{name}/.copier-answers.yml"

    def files(self, name: str) -> set[str]:
        """Return all that comes with a component."""
        return {self.answers(name), *(path.replace("NAME", name) for path in self.paths)}


PIPELINE = Kind(
    "src-layout",
    "pipeline",
    "pipeline",
    "src/pipelines",
    "tests/NAME/test_etl.py",
    frozenset(
        {
            "configs/dev/NAME.toml",
            "configs/prod/NAME.toml",
            "db/versions/NAME_1_create.py",
            "specs/NAME.md",
            "src/pipelines/NAME/__init__.py",
            "src/pipelines/NAME/etl.py",
            "src/pipelines/NAME/tables.py",
            "src/pipelines/NAME/transform.py",
            "src/pipelines/NAME/scripts/__init__.py",
            "src/pipelines/NAME/scripts/load.py",
            "src/pipelines/NAME/resources/config/default.toml",
            "src/pipelines/NAME/resources/data/sample.csv",
            "src/pipelines/NAME/resources/sql/changes.sql.j2",
            "src/pipelines/NAME/resources/sql/drop.sql.j2",
            "src/pipelines/NAME/resources/sql/merge.sql.j2",
            "src/pipelines/NAME/resources/sql/NAME_stage.sql.j2",
            "tests/NAME/test_etl.py",
            "tests/NAME/test_load.py",
            "tests/NAME/test_postgres.py",
            "tests/NAME/test_transform.py",
            "workflows/flow_sync_NAME_prod.yml",
            "workflows/ingest_NAME.yml",
        }
    ),
    frozenset({"pyproject.toml"}),
)
GROUP = Kind(
    "dagster",
    "asset-group",
    "group",
    "src/warehouse/assets",
    "tests/test_NAME_group.py",
    frozenset(
        {
            "docs/assets/NAME.md",
            "docs/assets/NAME.svg",
            "src/warehouse/assets/NAME/__init__.py",
            "src/warehouse/assets/NAME/facts.py",
            "src/warehouse/assets/NAME/processed.py",
            "src/warehouse/assets/NAME/raw.py",
            "src/warehouse/checks/NAME.py",
            "src/warehouse/config/NAME.py",
            "src/warehouse/jobs/NAME.py",
            "src/warehouse/utils/NAME.py",
            *(f"src/warehouse/sample/NAME_counts/2025-07-0{day}.csv" for day in (1, 2, 3)),
            "tests/test_NAME_group.py",
        }
    ),
)
BATCH = Kind(
    "batch-streaming",
    "pipeline",
    "pipeline",
    "config",
    "tests/unit/test_spark/test_NAME.py",
    frozenset(
        {
            "config/NAME/pipeline.toml",
            "config/NAME/sample/records.csv",
            "docs/pipelines/NAME.md",
            "orchestration/airflow/dags/NAME_batch.py",
            "src/data_platform/spark/jobs/NAME.py",
            "tests/unit/test_spark/test_NAME.py",
        }
    ),
    first="sales",
    python="3.13",
)

each_kind = pytest.mark.parametrize(
    "kind", [PIPELINE, GROUP, BATCH], ids=["pipeline", "group", "batch"]
)


def repository(tagged: Path, folder: Path, kind: Kind, *data: str) -> Path:
    """Return a repository that can grow by a component."""
    return make(tagged, folder, f"layout={kind.layout}", *data)


def rendered(project: Path, folder: Path) -> Path:
    """Return a copy of a repository without what git keeps."""
    return shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".git"))


@each_kind
def test_a_component_is_all_that_is_added(tagged: Path, tmp_path: Path, kind: Kind) -> None:
    project = repository(tagged, tmp_path / "project", kind, "author_name=Ada", "ci=gitlab")
    assert add(tagged, project, *kind.data("orders"), "description=Loads orders.") == ""
    assert changed(project) == kind.files("orders") | kind.also
    recorded = yaml.safe_load((project / kind.answers("orders")).read_text(encoding="utf-8"))
    assert recorded[kind.question] == "orders"
    assert recorded["description"] == "Loads orders."
    assert recorded["author_name"] == "Ada"
    assert (recorded["scope"], recorded["_commit"]) == (kind.scope, "v1.0.0")
    assert not {"adopt", "ci"} & set(recorded)
    require_well_formed(rendered(project, tmp_path / "rendered"))
    commit(project, "Add orders")

    assert add(tagged, project, *kind.data("returns")) == ""
    assert changed(project) == kind.files("returns") | kind.also
    require_ruff_content(project)
    commit(project, "Add returns")
    for taken in ("orders", "returns"):
        refused = add(tagged, project, *kind.data(taken))
        assert "that this repository has already" in refused
        assert f"-d {kind.question}=NAME" in refused
    assert changed(project) == set()


@each_kind
def test_names_of_every_length_fit(tagged: Path, tmp_path: Path, kind: Kind) -> None:
    for number, (package, pipeline, name) in enumerate(((LONG, "p", OTHER_LONG), ("a", "b", "c"))):
        python = f"python_version={kind.python}"
        answers = (f"package={package}", f"pipeline={pipeline}", python)
        project = repository(tagged, tmp_path / str(number), kind, *answers)
        assert add(tagged, project, *kind.data(name)) == ""
        require_well_formed(rendered(project, tmp_path / f"rendered-{number}"))
        require_ruff_content(project)


def test_the_command_of_a_pipeline_is_named_and_all_else_stays(
    tagged: Path, tmp_path: Path
) -> None:
    project = repository(tagged, tmp_path / "project", PIPELINE, "package_manager=poetry")
    pyproject = project / "pyproject.toml"
    before = pyproject.read_text(encoding="utf-8")
    before = before.replace("[project.scripts]\n", '[project.scripts]\nours = "pipelines.own:go"\n')
    pyproject.write_text(before, encoding="utf-8")
    commit(project, "A command of our own")
    assert add(tagged, project, *PIPELINE.data("old_orders")) == ""
    after = pyproject.read_text(encoding="utf-8")
    line = 'old-orders-load = "pipelines.old_orders.scripts.load:main"\n'
    assert line in after
    assert after.replace(line, "") == before
    scripts = tomlkit.parse(after)["project"]["scripts"]
    assert list(scripts) == ["ours", "order-list-load", "old-orders-load"]


def test_each_pipeline_begins_migrations_of_its_own(tagged: Path, tmp_path: Path) -> None:
    """The identifier fits into Alembic's table of versions, which has 32 characters for it."""
    project = repository(tagged, tmp_path / "project", PIPELINE)
    assert add(tagged, project, *PIPELINE.data(OTHER_LONG)) == ""
    path = project / "db" / "versions" / f"{OTHER_LONG}_1_create.py"
    text = path.read_text(encoding="utf-8")
    revision = re.search(r'^revision = "(.*)"$', text, re.MULTILINE)
    assert revision
    assert len(revision[1]) <= 32
    assert "down_revision = None\n" in text
    assert f'branch_labels = ("{OTHER_LONG}",)\n' in text


@each_kind
def test_what_does_not_fit_is_refused(tagged: Path, tmp_path: Path, kind: Kind) -> None:
    project = repository(tagged, tmp_path / "re[po]", kind)
    other = "monorepo"
    for name, message in (
        ("Orders", "is not a name for a"),
        ("../orders", "is not a name for a"),
        ("class", "is a word of the Python language"),
        ("json", "is a module of Python's standard library"),
        ("utils", "is the name of a folder or module of the layout"),
        ("pandas", "is the name of a package that this project depends on"),
        (kind.first, "is the name of"),
    ):
        assert message in add(tagged, project, *kind.data(name)), name
    refused = add(tagged, project, *kind.data("orders"), f"layout={other}")
    assert re.search(f"is not on the layout .*{kind.layout}", refused)
    assert f"but on {other}, so no {kind.scope.replace('-', ' ')} can be added" in refused
    with_answers = add(tagged, project, *kind.data("orders"), answers=kind.answers("orders"))
    assert "leave -a out" in with_answers or "is not on the layout" in with_answers
    assert changed(project) == set()


def test_a_group_is_called_like_nothing_else(tagged: Path, tmp_path: Path) -> None:
    project = repository(tagged, tmp_path / "project", GROUP)
    for name, message in (
        ("raw", "is a stage of the layout"),
        ("natural", "is a word of SQL"),
        ("main", "is a word of SQL, or a schema that databases keep"),
        ("pg_stock", "is a word of SQL, or a schema that databases keep"),
        ("quality", "that this repository has already"),
        ("cleaning", "that this repository has already"),
        ("jobs", "that this repository has already"),
    ):
        assert message in add(tagged, project, *GROUP.data(name)), name
    assert changed(project) == set()


@each_kind
def test_the_layout_that_a_repository_is_on_is_named(
    tagged: Path, tmp_path: Path, kind: Kind
) -> None:
    project = make(tagged, tmp_path / "project", "layout=monorepo")
    refused = add(tagged, project, *kind.data("orders"))
    assert re.search(f"is not on the layout .*{kind.layout}", refused)
    assert "but on monorepo" in refused
    assert changed(project) == set()


@each_kind
def test_a_repository_that_brought_its_own_code_is_told_what_is_missing(
    tagged: Path, tmp_path: Path, kind: Kind
) -> None:
    project = repository(tagged, tmp_path / "project", kind, "pipeline=")
    refused = add(tagged, project, *kind.data("orders"))
    assert re.search(r"This repository has no src/\w+/(\w+/)?\w+\.py, which a new", refused)
    assert changed(project) == set()


def test_a_repository_on_an_earlier_version_is_brought_to_this_one_first(
    tagged: Path, tmp_path: Path
) -> None:
    project = repository(tagged, tmp_path / "project", PIPELINE)
    package = project / "src" / "pipelines"
    (package / "loading").rename(package / "utils")
    commit(project, "As version 1.0.0 had it")
    assert "called utils. Bring it to this version first" in add(
        tagged, project, *PIPELINE.data("orders")
    )
    assert changed(project) == set()


@each_kind
def test_a_folder_on_no_layout_is_refused(tagged: Path, tmp_path: Path, kind: Kind) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for layout in ((), (f"layout={kind.layout}",)):
        message = add(tagged, folder, *kind.data("orders"), *layout)
        assert "has no .copier-answers.yml, so it is on no layout" in message
    assert list(folder.iterdir()) == []


@each_kind
def test_a_component_is_updated_alone_and_edits_stay(
    tagged: Path, tmp_path: Path, kind: Kind
) -> None:
    newer = shutil.copytree(tagged, tmp_path / "suite")
    project = repository(newer, tmp_path / "project", kind)
    for name in ("orders", "returns"):
        assert add(newer, project, *kind.data(name)) == ""
        commit(project, f"Add {name}")
    edited = kind.test.replace("NAME", "orders")
    with (project / edited).open("a", encoding="utf-8") as file:
        file.write("\n# Ours.\n")
    commit(project, "Our own edit")

    layout = newer / "template" / f"{{% if layout == '{kind.layout}' %}}.{{% endif %}}"
    name = kind.test.replace("NAME", f"{{{{ {kind.question} }}}}")
    (template,) = (path for path in layout.rglob("*.jinja") if f"/{name}." in path.as_posix())
    template.write_text("# Version 2.\n" + template.read_text(encoding="utf-8"), encoding="utf-8")
    makefile = layout / "{% if scope == 'repository' %}.{% endif %}" / "Makefile.jinja"
    makefile.write_text(makefile.read_text(encoding="utf-8") + "# version 2\n", encoding="utf-8")
    release(newer, 2)

    update(project, kind.answers("orders"))
    assert changed(project) == {kind.answers("orders"), edited}
    text = (project / edited).read_text(encoding="utf-8")
    assert text.startswith("# Version 2.\n")
    assert text.endswith("\n# Ours.\n")
    commit(project, "Update orders")

    update(project)
    root = changed(project)
    assert {"Makefile", ".copier-answers.yml"} <= root
    assert not root & (kind.files("orders") | kind.files("returns"))
