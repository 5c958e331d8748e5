"""Laws of updates: any repository of any layout, whatever its user did, through two versions.

What is expected is made by search and replace (evolving_layouts), without the engine.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from evolving_layouts import LAYOUTS, VERSIONS, Evolving
from growing import ROOT, commit, git
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from update_outcomes import markers
from users_changes import Changed, Files, broken_imports, changes

from relayout.inventory import take_inventory
from relayout.prepared_update import prepare_update
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.update import finish_update
from relayout.updating import Updated, Updating
from relayout.verification import verify
from relayout.verification.evidence import Evidence

ANSWERS = ".copier-answers.yml"
_CONFLICT = re.compile(r"^<{7} yours\n(.*?)^={7}\n.*?^>{7} .*?\n", re.MULTILINE | re.DOTALL)
LAW = settings(
    max_examples=50,
    # To make a repository smaller takes longer than all the others.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

Rendered = Callable[[Evolving], "Versions"]


class Versions:
    """What the versions of a layout render, and the suite that declares what they move."""

    def __init__(self, folder: Path, layout: Evolving, first: Files) -> None:
        self.layout = layout
        self.files = {1: first, **{n: layout.later(first, 1, n) for n in VERSIONS[1:]}}
        self.suite = folder / "suite"
        (self.suite / "migrations" / "versions").mkdir(parents=True)
        for name in ("layouts", "parts.yml"):
            (self.suite / "migrations" / name).symlink_to(ROOT / "migrations" / name)
        for version in VERSIONS[1:]:
            place = self.suite / "migrations" / "versions" / f"{version}.0.0.yml"
            place.write_text(yaml.safe_dump(layout.declared(version)), encoding="utf-8")
        self.start = _written(folder / "start", first)
        git(self.start, "init", "--quiet", "--initial-branch=main")
        commit(self.start, "As it was rendered")
        self.store = folder / "store"
        git(folder, "init", "--quiet", "--bare", str(self.store))
        self.commits = {version: self._put_aside(folder, version) for version in VERSIONS}

    @cached_property
    def checks(self) -> dict[str, tuple[str, ...]]:
        """What each check has to say against the last version as it is rendered."""
        return _checks(self.layout, self.files[VERSIONS[-1]])

    def _put_aside(self, folder: Path, version: int) -> str:
        """Return the commit of a rendering in the store, as Copier's task makes one."""
        there = _written(folder / f"rendered_{version}", self.files[version])
        store = (f"--git-dir={self.store}", f"--work-tree={there}")
        git(there, *store, "add", "--all", "--force", ".")
        tree = git(there, *store, "write-tree").strip()
        return git(there, *store, "commit-tree", "-m", "Rendered", tree).strip()


class Repository:
    """A repository that a user has changed, updated without Copier: its renderings are there."""

    def __init__(self, folder: Path, versions: Versions, changed: Changed) -> None:
        self.versions = versions
        self.folder = shutil.copytree(versions.start, folder / "repository")
        self.store = shutil.copytree(versions.store, folder / "store")
        for path in versions.files[1].keys() - changed.files.keys():
            (self.folder / path).unlink()
        first = versions.files[1]
        _written(self.folder, {p: c for p, c in changed.files.items() if first.get(p) != c})
        git(self.folder, "add", "--all", "--force")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "What the user did")

    def update(self, old: int, new: int) -> Updated:
        """Return what an update did; conflicts stay in the work tree and in the index."""
        updating = Updating(
            self.folder,
            self.store,
            self.versions.suite,
            ANSWERS,
            f"{old}.0.0",
            f"{new}.0.0",
        )
        self._rendered("1", old)
        prepare_update(updating)
        self._rendered("2", new)
        return finish_update(updating)

    def settle(self) -> None:
        """Settle conflicts in the user's favour, line by line, and commit."""
        for path in self.unmerged:
            place = self.folder / path
            place.write_text(_CONFLICT.sub(r"\1", place.read_text(encoding="utf-8")))
        git(self.folder, "add", "--all", "--force")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "Updated")

    @property
    def unmerged(self) -> set[str]:
        return set(git(self.folder, "diff", "--name-only", "--diff-filter=U").splitlines())

    @property
    def files(self) -> dict[str, bytes]:
        listed = git(self.folder, "ls-files", "-z", "--cached", "--others").split("\0")
        return {p: (self.folder / p).read_bytes() for p in set(listed) if p}

    def _rendered(self, name: str, version: int) -> None:
        commit = self.versions.commits[version]
        git(self.store, "update-ref", f"refs/renderings/{name}", commit)


def _written(folder: Path, files: Files) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def versions_of(
    render: Callable[[Mapping[str, object]], Path], tmp_path_factory: pytest.TempPathFactory
) -> Rendered:
    """Return a function that gives the three versions of a layout, made once."""
    made: dict[Evolving, Versions] = {}

    def once(layout: Evolving) -> Versions:
        if layout not in made:
            project = render({"layout": layout.layout, **dict(layout.answers)})
            first = {path: (project / path).read_bytes() for path in _of_the_package(project)}
            made[layout] = Versions(tmp_path_factory.mktemp("versions"), layout, first)
        return made[layout]

    return once


def _of_the_package(project: Path) -> list[str]:
    """Return the paths of the code, its tests and what stands in the root.

    What stands beside them names little of what moves, and would take most of the time.
    """
    paths = (path.relative_to(project) for path in project.rglob("*") if path.is_file())
    around = ("src", "packages", "pipelines", "tests")
    return [path.as_posix() for path in paths if len(path.parts) == 1 or path.parts[0] in around]


each_layout = pytest.mark.parametrize(
    "layout", LAYOUTS, ids=lambda layout: f"{layout.layout}-{layout.dotted}"
)


@each_layout
def test_the_versions_move_something_and_are_sound(layout: Evolving, versions_of: Rendered) -> None:
    versions = versions_of(layout)
    for old, new in ((1, 2), (2, 3)):
        gone = versions.files[old].keys() - versions.files[new].keys()
        assert any(path.endswith(".py") for path in gone)
        assert all(layout.path(path, old, new) in versions.files[new] for path in gone)
    assert all(broken_imports(versions.files[version]) == [] for version in VERSIONS)


@LAW
@given(data=st.data())
def test_whatever_a_user_did_arrives(
    data: st.DataObject, versions_of: Rendered, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What comes out is what search and replace make of the user's files: byte by byte."""
    layout = data.draw(st.sampled_from(LAYOUTS), label="layout")
    versions = versions_of(layout)
    changed = data.draw(changes(layout, versions.files[1]), label="changed")
    steps = data.draw(st.sampled_from([(1, 3), (1, 2, 3)]), label="versions")
    folder = tmp_path_factory.mktemp("updated")
    try:
        repository = Repository(folder, versions, changed)
        for old, new in pairwise(steps):
            updated = repository.update(old, new)
            _assert_arrived(repository, updated, changed, new)
            repository.settle()
        _assert_verified(versions, changed, repository.files)
    finally:
        shutil.rmtree(folder)


def _assert_arrived(repository: Repository, updated: Updated, changed: Changed, new: int) -> None:
    """Every file is where it is to be, with the user's changes and the version's, and no other."""
    files, expected = repository.files, changed.after(new)
    contested = {changed.layout.path(path, 1, new) for path in changed.contested}
    assert repository.unmerged == set(updated.conflicts)
    assert repository.unmerged == contested, git(repository.folder, "diff")
    assert sorted(files) == sorted(expected)
    for path in expected.keys() - contested:
        assert files[path].decode(errors="replace") == expected[path].decode(errors="replace")
    for path in contested:
        assert len(markers(files[path].decode())) == 3


def _assert_verified(versions: Versions, changed: Changed, after: Files) -> None:
    """What the checks of ``relayout verify`` pass on the new version and before, passes after."""
    found = _checks(versions.layout, after)
    lost = {name for name, details in found.items() if details and not versions.checks[name]}
    before = _checks(versions.layout, changed.files) if lost else {}
    assert not {name: found[name] for name in lost if not before[name]}


def _checks(layout: Evolving, files: Files) -> dict[str, tuple[str, ...]]:
    """Return what each check has to say against a repository."""
    recipe = load_recipe(layout.layout, recipes_folder(ROOT))
    inventory = take_inventory(Tree.of(files))
    evidence = Evidence(inventory, recipe, layout.dotted.partition(".")[0])
    return {check.name: check.details for check in verify(evidence)}
