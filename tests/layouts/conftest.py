"""What the tests of the layouts share: the suite as it stands, rendered cheaply."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from copier import run_copy
from growing import versioned_suite
from pytest_copie.plugin import Copie

SUITE = Path(__file__).resolve().parents[2]

Answers = Mapping[str, object]
Render = Callable[[Answers], Path]


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the suite that is no git repository.

    Copier clones a template that is one, for every copy, and renders what is committed. The copy is
    what is in the work tree, and is read in place.
    """
    folder = tmp_path_factory.mktemp("suite")
    shutil.copy(SUITE / "copier.yml", folder)
    for name in ("template", "hooks"):
        shutil.copytree(SUITE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="session")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the suite as a repository with a version. Nothing may write into it: copy it first."""
    return versioned_suite(tmp_path_factory.mktemp("tagged") / "suite")


@pytest.fixture(scope="session")
def render(suite: Path, copie_session: Copie) -> Render:
    """Return a function that renders the suite with some answers, once for each set of answers.

    Nothing may write into what it returns: other tests read the same files.
    """
    rendered: dict[frozenset[tuple[str, object]], Path] = {}

    def once(answers: Answers) -> Path:
        key = frozenset(answers.items())
        if key not in rendered:
            result = copie_session.copy({"adopt": False, **answers}, template_dir=suite)
            if result.exception:
                raise result.exception
            assert result.project_dir is not None
            rendered[key] = result.project_dir
        return rendered[key]

    return once


@pytest.fixture
def answer(suite: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that copies with the answers given as data, as `copier copy -d` does."""

    def copy(**answers: object) -> Path:
        destination = tmp_path / "project"
        run_copy(
            str(suite),
            destination,
            data=answers,
            defaults=True,
            quiet=True,
            skip_tasks=True,
        )
        return destination

    return copy
