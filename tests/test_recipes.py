"""Recipes are data: checked when they are loaded, each rule with an example that holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from relayout.errors import Refusal
from relayout.inventory import take_inventory
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.placement import place_files
from relayout.planning.plan import Options
from relayout.planning.use import Use, Uses
from relayout.recipes import Recipe, Rule, parse_recipe
from relayout.suite import built_layouts, load_recipe, recipes_folder
from relayout.tree import Tree
from workbench import SUITE, Content

FOLDER = recipes_folder(SUITE)
RECIPES = [load_recipe(layout, FOLDER) for layout in built_layouts(SUITE)]
RULES = [(recipe, rule) for recipe in RECIPES for rule in recipe.rules]

_CONTENT: dict[str, dict[str, Content]] = {
    "workflow": {"": "id: ingest\nnamespace: company\ntasks: []\n"},
    "migration": {"env.py": "", "script.py.mako": ""},
}
"""What makes the file of an example one of a kind that its name does not tell."""


@pytest.mark.parametrize(
    ("recipe", "rule"), RULES, ids=[f"{recipe.layout}:{rule.id}" for recipe, rule in RULES]
)
def test_the_example_of_every_rule_holds(recipe: Recipe, rule: Rule) -> None:
    example = {key: text.replace("{package}", "sales") for key, text in rule.example.items()}
    path, use = example["path"], example["use"]
    beside = _CONTENT.get(example.get("kind", ""), {})
    files: dict[str, Content] = {path: beside.get("", "")}
    files |= {f"{path.split('/')[0]}/{name}": text for name, text in beside.items() if name}
    uses = {name: Use("kept") for name in files}
    uses[path] = Use(
        use,
        reader="orders" if use == "resource" else "",
        section=example.get("section", ""),
        stage=example.get("stage", ""),
        inner=Path(path).name if use in ("definitions", "pipeline", "component") else "",
        pipeline=example.get("pipeline", ""),
    )
    options = Options(recipe.layout, package="sales")
    folder = "sales" if use == "package" else ""
    home = Home("sales", recipe.project.format(package="sales"))
    if not recipe.source:
        home = Home(recipe.package, "", "", recipe.apart)
    homes = Homes((Territory(home, "", folder),))
    placement = place_files(
        take_inventory(Tree.of(files)), recipe, options, homes, Uses(uses, {}, False)
    )
    kept = {k.path: k.rule for k in placement.kept}
    moves = {m.source: (m.target, m.rule) for m in placement.moves}
    if "becomes" in example:
        assert moves[path] == (example["becomes"], rule.id)
    else:
        assert kept[path] == rule.id


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.layout)
def test_a_recipe_says_where_every_file_goes(recipe: Recipe) -> None:
    last = recipe.rules[-1].match
    assert last == type(last)(), "the last rule asks nothing"
    assert len({rule.id for rule in recipe.rules}) == len(recipe.rules)


RECIPE = """\
layout: tiny
description: A layout.
rules:
  - id: one
    description: It moves.
    match: {kind: [python]}
    to: ["src/{package}/{name}"]
    reason: it is code
    example: {path: a.py, use: run, becomes: src/x/a.py}
package: jobs
"""


def test_a_well_formed_recipe_is_read() -> None:
    recipe = parse_recipe(RECIPE, "tiny.yml")
    assert recipe.layout == "tiny"
    [rule] = recipe.rules
    assert rule.to == ("src/{package}/{name}",)
    assert rule.match.kind == ("python",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("layout: tiny\n", "", "tiny.yml:1: 'layout' is missing"),
        ("layout: tiny", "layout: 3", "tiny.yml:1: 'layout' must be text"),
        ("layout: tiny", "layout: tiny\ncolour: red", "tiny.yml:1: unknown key 'colour'"),
        ("layout: tiny", "layout: tiny\nhelpers: utils", "'helpers' must be a list of strings"),
        ("layout: tiny", "layout: tiny\nhelpers: [1]", "'helpers' must be a list of strings"),
        ("id: one", "name: one", "tiny.yml:4: unknown key 'name'"),
        ("id: one", "id: ''", "tiny.yml:4: 'id' must be text"),
        ("    description: It moves.\n", "", "tiny.yml:4: 'description' is missing"),
        ("    match: {kind: [python]}\n", "", "tiny.yml:4: 'match' is missing"),
        ("{kind: [python]}", "[python]", "tiny.yml:4: 'match' and 'example' must be mappings"),
        ("{kind: [python]}", "{kind: [cobol]}", "tiny.yml:6: 'kind': 'cobol' is none of python"),
        ("{kind: [python]}", "{kind: python}", "tiny.yml:6: 'kind' must be a list of strings"),
        ("{kind: [python]}", "{use: [eaten]}", "tiny.yml:6: 'use': 'eaten' is none of"),
        ("{kind: [python]}", "{sort: [python]}", "tiny.yml:6: unknown key 'sort'"),
        ("{kind: [python]}", "{helper: 3}", "tiny.yml:6: 'helper' must be true or false"),
        ("    to: [", "    keep: it stays\n    to: [", "tiny.yml:4: a rule has either"),
        ('    to: ["src/{package}/{name}"]\n', "", "tiny.yml:4: a rule has either"),
        ("    reason: it is code\n", "", "tiny.yml:4: 'reason' must be text"),
        ("{package}/{name}", "{folder}", "tiny.yml:4: 'src/{folder}' has a placeholder"),
        ("{package}/{name}", "{", "tiny.yml:4: 'src/{' has a placeholder"),
        ("{package}/{name}", "{package.x}", "has a placeholder"),
        ("src/{package}/{name}", "../{name}", "tiny.yml:4: '../{name}' leads out"),
        ("src/{package}/{name}", "/srv/{name}", "leads out of the repository"),
        ("{path: a.py, use: run,", "{path: a.py,", "tiny.yml:9: 'use' is missing"),
        ("{path: a.py,", "{path: a.py, size: 3,", "tiny.yml:9: unknown key 'size'"),
        ("use: run,", "use: eaten,", "tiny.yml:9: 'use'"),
        ("path: a.py,", "path: 3,", "tiny.yml:9: 'path' must be text"),
        ("rules:\n", "rules:\n  - just text\n", "a rule must be a mapping"),
        ("rules:\n", "rules: none\nothers:\n", "a recipe is a mapping with a list of rules"),
        ("layout: tiny", "{", "tiny.yml: not valid YAML"),
        ("layout: tiny", "layout: tiny\nlayout: other", "tiny.yml"),
    ],
)
def test_a_malformed_recipe_is_refused_with_file_and_line(old: str, new: str, said: str) -> None:
    assert old in RECIPE
    with pytest.raises(Refusal) as refused:
        parse_recipe(RECIPE.replace(old, new, 1), "tiny.yml")
    assert said in str(refused.value)


def test_two_rules_of_one_id_are_refused() -> None:
    rule = RECIPE[RECIPE.index("  - id") : RECIPE.index("package:")]
    with pytest.raises(Refusal, match="two rules have the id 'one'"):
        parse_recipe(RECIPE.replace("package:", f"{rule}package:"), "tiny.yml")


def test_a_layout_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(Refusal) as refused:
        load_recipe("cathedral", FOLDER)
    assert "src-layout" in str(refused.value)


def test_a_recipe_that_is_in_no_folder(tmp_path: Path) -> None:
    (tmp_path / "tiny.yml").write_text(RECIPE)
    assert load_recipe("tiny", tmp_path).layout == "tiny"
