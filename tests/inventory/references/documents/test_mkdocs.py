"""The settings of MkDocs name pages, folders and hooks, each read from where MkDocs reads it."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "hooks.py": "docs_tools/hooks.py",
    "docs/a/intro.md": "docs/b/intro.md",
    "docs/css/x.css": "docs/assets/x.css",
}
STAYS = ("docs/index.md", "theme/main.html", "site/index.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("nav:\n  - index.md\n  - Start: a/intro.md", "nav:\n  - index.md\n  - Start: b/intro.md"),
        ("nav:\n- A:\n  - 'B': \"a/intro.md\" # a/intro.md\n",
         "nav:\n- A:\n  - 'B': \"b/intro.md\" # a/intro.md\n"),
        ("extra_css: [css/x.css]\r\n", "extra_css: [assets/x.css]\r\n"),
        ("hooks:\n- hooks.py", "hooks:\n- docs_tools/hooks.py"),
        ("watch: [utils]", "watch: [src/pkg/utils]"),
        ("theme: {logo: css/x.css}", "theme: {logo: assets/x.css}"),
        ("plugins:\n- mkdocstrings:\n    handlers:\n      python:\n        paths: [utils]",
         "plugins:\n- mkdocstrings:\n    handlers:\n      python:\n        paths: [src/pkg/utils]"),
        ("docs_dir: ./docs\nx: !!python/name:a.b\nnav: [a/intro.md]",
         "docs_dir: ./docs\nx: !!python/name:a.b\nnav: [b/intro.md]"),
    ],
)  # fmt: skip
def test_settings_follow(before: str, after: str) -> None:
    assert followed("mkdocs.yml", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "site_name: utils\nsite_description: utils/load.py",
        "nav:\n  - a/intro.md: index.md",
        "nav:\n  - https://host/a/intro.md\n  - utils/load.py",
        "docs_dir: site\nnav: [a/intro.md]",
        "theme: {name: css/x.css, custom_dir: theme}",
        "nav: [a/intro.md",
        "- a\n- b",
        "a/intro.md",
        "",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("mkdocs.yml", text, MOVES, STAYS) == (text, [])


def test_settings_that_move_lead_where_they_led() -> None:
    moves = {**MOVES, "sites/mkdocs.yml": "docs/sites/mkdocs.yml"}
    text = "docs_dir: ../docs\nhooks: [../hooks.py]\nnav: [index.md, a/intro.md]\n"
    after = "docs_dir: ..\nhooks: [../../docs_tools/hooks.py]\nnav: [index.md, b/intro.md]\n"
    assert followed("sites/mkdocs.yml", text, moves, STAYS) == (after, [])
