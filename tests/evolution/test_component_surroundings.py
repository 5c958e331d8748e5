"""A component's old rendering follows what the repository around it moved before."""

from pathlib import Path

from relayout.evolution.following import follow_versions
from relayout.evolution.versions import parse_version
from relayout.suite import load_recipe
from relayout.tree import Tree

RECIPE = load_recipe("src-layout", Path(__file__).resolve().parents[2] / "migrations" / "layouts")
ANSWERS = {
    "layout": "src-layout",
    "scope": "pipeline",
    "package": "shop",
    "pipeline": "returns",
}
FIRST = parse_version(
    """
moves:
  - {from: "src/{{ package }}/utils", to: "src/{{ package }}/loading", scopes: [repository]}
  - from: tests/test_{{ pipeline }}.py
    to: tests/{{ pipeline }}/test_it.py
""",
    "1.1.0.yml",
)
SECOND = parse_version(
    'moves: [{from: "src/{{ package }}/loading/db.py", to: "src/{{ package }}/databases.py"}]',
    "1.2.0.yml",
)
REPOSITORY = {"src/shop/__init__.py": b"", "pyproject.toml": b'[project]\nname = "shop"\n'}
LOADING = {"src/shop/loading/__init__.py": b"", "src/shop/loading/db.py": b"URL = 1\n"}


def component(imported: str, more: str = "") -> dict[str, bytes]:
    """Return the files of a component that imports a module."""
    return {
        "src/shop/returns/__init__.py": b"",
        "src/shop/returns/etl.py": f"{imported}\n{more}".encode(),
        "tests/test_returns.py": b"from shop.returns import etl\n",
    }


def test_the_old_rendering_names_what_moved_as_it_is_called_now() -> None:
    base = Tree.of(component("from shop.utils.db import URL"))
    mine = component("from shop.loading.db import URL", "print(URL)\n")
    ours = Tree.of({**REPOSITORY, **LOADING, **mine})

    followed = follow_versions((base, ours), [FIRST], ANSWERS, RECIPE)

    assert followed.base.read("src/shop/returns/etl.py") == b"from shop.loading.db import URL\n"
    assert sorted(followed.base) == [
        "src/shop/returns/__init__.py",
        "src/shop/returns/etl.py",
        "tests/returns/test_it.py",
    ]
    assert followed.ours.read("src/shop/returns/etl.py") == mine["src/shop/returns/etl.py"]
    assert "src/shop/loading/db.py" in followed.ours
    assert "tests/returns/test_it.py" in followed.ours


def test_several_versions_are_followed_one_after_the_other() -> None:
    base = Tree.of(component("from shop.utils.db import URL"))
    mine = component("from shop.databases import URL", "print(URL)\n")
    ours = Tree.of({**REPOSITORY, "src/shop/databases.py": b"URL = 1\n", **mine})

    followed = follow_versions((base, ours), [FIRST, SECOND], ANSWERS, RECIPE)

    assert followed.base.read("src/shop/returns/etl.py") == b"from shop.databases import URL\n"
    assert set(followed.ours) - set(ours) == {"tests/returns/test_it.py"}


def test_a_repository_that_moved_nothing_is_left_alone() -> None:
    """It was adopted: its helpers are its own, and the component imports none of them."""
    base = Tree.of(component("import json"))
    ours = Tree.of({**REPOSITORY, "src/shop/utils/db.py": b"", **component("import csv")})
    followed = follow_versions((base, ours), [FIRST], ANSWERS, RECIPE)
    assert followed.base.read("src/shop/returns/etl.py") == b"import json\n"
    assert "src/shop/utils/db.py" in followed.ours
