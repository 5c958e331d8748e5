"""Writes docs/reference/rules.md: what each layout's recipe does, from the recipes themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from relayout.recipes import Recipe
from relayout.suite import built_layouts, find_suite, load_recipe, recipes_folder

PAGE = Path(__file__).parent / "reference" / "rules.md"


def rows(recipe: Recipe) -> list[str]:
    """Return the table of one recipe's rules, in the order in which they are tried."""
    lines = ["| rule | what it does | for example |", "|---|---|---|"]
    for rule in recipe.rules:
        example = rule.example
        becomes = example.get("becomes")
        shown = f"`{example['path']}` → `{becomes}`" if becomes else f"`{example['path']}` stays"
        lines.append(f"| `{rule.id}` | {rule.description} | {shown} |")
    return lines


def page() -> str:
    """Return the whole page."""
    lines = [
        "# Where things go",
        "",
        "Written by `docs/rules_table.py` from the recipes in `migrations/layouts/`. The first",
        "rule that fits a file decides. `{package}` is the package's name.",
    ]
    for layout in built_layouts(find_suite()):
        recipe = load_recipe(layout, recipes_folder(find_suite()))
        lines += ["", f"## {layout}", "", recipe.description, "", *rows(recipe)]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
