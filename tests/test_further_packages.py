"""A further package of a repository: rendered alone, as Copier adds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from relayout.errors import Refusal
from relayout.suite import find_suite, render

ANSWERS = {"layout": "monorepo", "package": "crm", "scope": "package", "adopt": True}


@pytest.fixture(scope="module")
def suite() -> Path:
    return Path(find_suite())


def test_a_further_package_is_rendered_alone_with_answers_of_its_own(suite: Path) -> None:
    rendered = render(suite, ANSWERS, "packages/crm/.copier-answers.yml")
    assert "packages/crm/pyproject.toml" in rendered.files
    assert "packages/crm/.copier-answers.yml" in rendered.files
    assert all(path.startswith("packages/crm/") for path in rendered.files)


def test_a_further_package_is_refused_where_nothing_says_which_layout_is_there(suite: Path) -> None:
    with pytest.raises(Refusal, match=r"has no \.copier-answers\.yml"):
        render(suite, ANSWERS)
