"""What a version renders no longer is explained by a declaration, or found."""

from relayout.evolution.vanished import Vanished, advice, find_vanished
from relayout.evolution.versions import parse_version

ANSWERS = {"layout": "src-layout", "scope": "repository", "package": "shop", "pipeline": "orders"}
FIRST = parse_version(
    """
moves:
  - {from: "src/{{ package }}/utils", to: "src/{{ package }}/loading", layouts: [src-layout]}
removed:
  - {path: tasks.json, reason: nobody reads it}
answers:
  - {from: pipeline, to: flow}
""",
    "1.1.0.yml",
)
SECOND = parse_version(
    """
moves:
  - {from: "src/{{ package }}/loading/db.py", to: "src/{{ package }}/databases.py"}
  - {from: "{{ flow }}.md", to: "docs/{{ flow }}.md"}
""",
    "1.2.0.yml",
)


def test_what_is_still_rendered_has_not_vanished() -> None:
    assert find_vanished({"Makefile"}, {"Makefile", "README.md"}, [], ANSWERS) == ()


def test_what_nothing_explains_is_found() -> None:
    found = find_vanished({"a.py", "b.py"}, {"c.py"}, [FIRST], ANSWERS)
    assert found == (Vanished("a.py", "a.py"), Vanished("b.py", "b.py"))


def test_a_move_explains_what_is_below_it() -> None:
    before = {"src/shop/utils/db.py", "src/shop/utils/more/sql.py"}
    now = {"src/shop/loading/db.py", "src/shop/loading/more/sql.py"}
    assert find_vanished(before, now, [FIRST], ANSWERS) == ()


def test_a_move_to_what_is_not_rendered_explains_nothing() -> None:
    found = find_vanished({"src/shop/utils/db.py"}, {"src/shop/db.py"}, [FIRST], ANSWERS)
    assert found == (Vanished("src/shop/utils/db.py", "src/shop/loading/db.py"),)


def test_a_move_of_another_layout_explains_nothing() -> None:
    path = "src/shop/utils/db.py"
    now = {"src/shop/loading/db.py"}
    answers = {**ANSWERS, "layout": "dagster"}
    assert find_vanished({path}, now, [FIRST], answers) == (Vanished(path, path),)


def test_a_removal_explains() -> None:
    assert find_vanished({"tasks.json"}, set(), [FIRST], ANSWERS) == ()


def test_versions_are_crossed_in_order_with_the_answers_of_each() -> None:
    before, now = {"src/shop/utils/db.py", "orders.md"}, {"src/shop/databases.py", "docs/orders.md"}
    assert find_vanished(before, now, [FIRST, SECOND], ANSWERS) == ()
    assert len(find_vanished(before, now, [SECOND], ANSWERS)) == 2


def test_what_a_split_brings_about_is_expected_where_it_moves() -> None:
    text = """
splits: [{from: lib/tables.py, to: lib/cleaning.py, names: [clean]}]
moves: [{from: lib, to: loading}]
"""
    version = parse_version(text, "2.0.0.yml")
    tables, cleaning = "loading/tables.py", "loading/cleaning.py"
    before = {"lib/tables.py"}
    assert find_vanished(before, {tables, cleaning}, [version], ANSWERS) == ()
    assert find_vanished(before, {tables}, [version], ANSWERS) == (
        Vanished("lib/cleaning.py", cleaning),
    )


def test_the_advice_names_layout_path_version_and_what_to_write_where() -> None:
    said = advice(Vanished("a.py", "a.py"), "1.0.0", "1.1.0", "dagster", "repository")
    assert said.startswith("dagster, scope repository: a.py of version 1.0.0 is rendered no longer")
    assert "migrations/versions/1.1.0.yml" in said
    declared = said[said.index("    moves:") :].replace("  or, if it has no successor, why:\n", "")
    version = parse_version(declared.replace("to: ...", "to: b.py"), "1.1.0.yml")
    assert find_vanished({"a.py"}, set(), [version], {"layout": "dagster"}) == ()


def test_the_advice_names_a_declaration_that_leads_nowhere() -> None:
    said = advice(Vanished("a.py", "b.py"), "1.0.0", "1.1.0", "dagster", "repository")
    assert "b.py, where migrations/versions says it went, is not rendered either" in said
