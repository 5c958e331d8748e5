"""Nothing that a release renders is gone without a word: a move, a split or a removal explains it.

Whoever moves a file in a template meets this first: docs/how-to/move-a-file-in-a-template.md.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from building import files
from copier import run_copy
from packaging.version import Version

import relayout
from relayout.evolution.answers import carried_over
from relayout.evolution.vanished import advice, find_vanished
from relayout.evolution.versions import Declared, crossed, parse_version
from relayout.suite import load_versions

ROOT = Path(__file__).resolve().parents[2]

ANSWERS = ".copier-answers.yml"
LAYOUTS = ("src-layout", "batch-streaming", "monorepo", "dagster", "pipeline-centric")
WITHOUT_PIPELINE = {"pipeline": "", "ci": "gitlab", "package_manager": "poetry"}


@dataclass(frozen=True)
class Rendered:
    """What is rendered: some answers, and where they are recorded."""

    layout: str
    scope: str = "repository"
    more: Mapping[str, str] = field(default_factory=dict)
    folder: str = "."
    """Where a component has its answers: it is rendered as its own updates render it, alone."""


RENDERINGS = [
    *(Rendered(layout) for layout in LAYOUTS),
    *(Rendered(layout, more=WITHOUT_PIPELINE) for layout in LAYOUTS),
    Rendered("src-layout", "pipeline", {"pipeline": "returns"}, "src/pipelines/returns"),
    Rendered("batch-streaming", "pipeline", {"pipeline": "returns"}, "config/returns"),
    Rendered("pipeline-centric", "pipeline", {"pipeline": "returns"}, "pipelines/returns"),
    Rendered("monorepo", "package", {"package": "orders"}, "packages/orders"),
    Rendered("dagster", "asset-group", {"group": "stock"}, "src/warehouse/assets/stock"),
]


def name_of(rendered: Rendered) -> str:
    """Return how a test of a rendering is called."""
    return f"{rendered.layout}-{'bare' if rendered.more is WITHOUT_PIPELINE else rendered.scope}"


each_rendering = pytest.mark.parametrize("rendered", RENDERINGS, ids=name_of)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the suite of each release by its version, from the bundles in this tree alone."""
    repository = tmp_path_factory.mktemp("releases")
    shutil.copytree(ROOT / "releases", repository / "releases")
    git = ["git", "-C", str(repository)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    script = repository / "releases" / "make_tags.py"
    subprocess.run([sys.executable, script], check=True, capture_output=True)
    tags = subprocess.run([*git, "tag"], check=True, capture_output=True, text=True).stdout.split()
    suites = {}
    for tag in tags:
        suites[tag.removeprefix("v")] = folder = repository / tag
        folder.mkdir()
        archive = subprocess.run([*git, "archive", tag], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
    return suites


class Renderer:
    """Renders suites, and nothing twice that has the same paths for the same reasons.

    Each layout is rendered as a suite of its own: Copier takes its time for every path there is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, str], tuple[set[str], dict[str, Any]]] = {}

    def paths(self, suite: Path, rendered: Rendered) -> tuple[set[str], dict[str, Any]]:
        """Return the paths that a suite renders, and the answers that it was given or recorded."""
        of_layout = self._of_layout(suite, rendered.layout)
        key = _what_paths_depend_on(of_layout), repr(rendered)
        if key not in self._known:
            self._known[key] = self._render(of_layout, rendered)
        return self._known[key]

    def _of_layout(self, suite: Path, layout: str) -> Path:
        """Return a copy of a suite without the folders of other layouts, which render nothing."""
        folder = self._folder / suite.parent.name / suite.name / layout
        if not folder.exists():
            others = [f"{{% if layout == '{name}' %}}.{{% endif %}}" for name in LAYOUTS]
            others.remove(f"{{% if layout == '{layout}' %}}.{{% endif %}}")
            for name in ("template", "hooks"):
                shutil.copytree(suite / name, folder / name, ignore=lambda *_: others)
            shutil.copy(suite / "copier.yml", folder)
        return folder

    def _render(self, suite: Path, rendered: Rendered) -> tuple[set[str], dict[str, Any]]:
        given = {"adopt": False, "layout": rendered.layout, "scope": rendered.scope}
        given |= rendered.more
        answers_file = (Path(rendered.folder) / ANSWERS).as_posix()
        with TemporaryDirectory(dir=self._folder) as folder:
            run_copy(
                str(suite),
                folder,
                data=given,
                answers_file=answers_file,
                defaults=True,
                quiet=True,
                unsafe=True,
            )
            recorded = yaml.safe_load((Path(folder) / answers_file).read_text(encoding="utf-8"))
            return files(Path(folder)), {**given, **recorded}


def _what_paths_depend_on(suite: Path) -> str:
    """Return a digest of the template's paths, and of what questions, validators and tasks say."""
    digest = hashlib.sha256()
    for path in sorted(suite.rglob("*")):
        name = path.relative_to(suite).as_posix()
        digest.update(f"{name}\n".encode())
        says = path.name == "copier.yml" or name.startswith("hooks/") or name.count("/") == 1
        if says and path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    """Return what renders each suite once with the same answers."""
    return Renderer(tmp_path_factory.mktemp("layouts"))


def complaints(
    renderer: Renderer,
    old: tuple[str, Path],
    new: Path,
    rendered: Rendered,
    declared: Iterable[Declared],
) -> list[str]:
    """Return what is to be said of the paths of a release that another suite renders no longer."""
    version, suite = old
    before, answers = renderer.paths(suite, rendered)
    later = crossed(declared, Version(version), Version(relayout.__version__))
    changes = [change for one in later for change in one.answers]
    carried = replace(rendered, more=carried_over(rendered.more, changes))
    after, _ = renderer.paths(new, carried)
    return [
        advice(one, version, relayout.__version__, rendered.layout, rendered.scope)
        for one in find_vanished(before, after, later, answers)
    ]


def test_the_releases_in_the_tree_are_those_of_the_changelog(released: dict[str, Path]) -> None:
    """The version under way has a section before it has a bundle."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^## (\d+\.\d+\.\d+)", changes, re.MULTILINE))
    assert sections - {relayout.__version__} == set(released) - {relayout.__version__}


@each_rendering
def test_no_path_of_a_release_is_gone_without_a_word(
    renderer: Renderer, suite: Path, released: dict[str, Path], rendered: Rendered
) -> None:
    found = [
        complaint
        for release in released.items()
        for complaint in complaints(renderer, release, suite, rendered, load_versions(ROOT))
    ]
    assert not found, "\n" + "\n".join(found)


def test_a_path_that_goes_without_a_word_is_named(
    renderer: Renderer, suite: Path, tmp_path: Path
) -> None:
    newer = shutil.copytree(suite, tmp_path / "newer")
    (gone,) = newer.glob("template/*src-layout*/*/tools/encode_env.py")
    gone.rename(gone.with_name("encode_environment.py"))
    rendered = Rendered("src-layout")

    (complaint,) = complaints(renderer, ("0.9.0", suite), newer, rendered, [])
    assert complaint.startswith(
        "src-layout, scope repository: tools/encode_env.py of version 0.9.0 is rendered no longer"
    )
    assert f"migrations/versions/{relayout.__version__}.yml" in complaint

    text = "moves: [{from: tools/encode_env.py, to: tools/encode_environment.py}]"
    declared = parse_version(text, f"{relayout.__version__}.yml")
    assert complaints(renderer, ("0.9.0", suite), newer, rendered, [declared]) == []


def test_what_a_version_declares_is_needed(
    renderer: Renderer, suite: Path, released: dict[str, Path]
) -> None:
    """Without the declarations the check fails for a layout that did move."""
    first = min(released, key=Version)
    rendered = Rendered("src-layout")
    found = complaints(renderer, (first, released[first]), suite, rendered, [])
    assert any("src/pipelines/utils/db.py of version 1.0.0" in one for one in found)
