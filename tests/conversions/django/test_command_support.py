"""The generated base class does what Django's does: the same commands run on both."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_sides import Ended, Side, comparable
from conversions.django.trials.runs import COLORS, RUNS
from conversions.django.trials.sides import call_names, django_side, package_side
from relayout.conversions.django.command_support_text import PROVIDED, command_support_files

Sides = tuple[Side, Side]

STANDARD = sys.stdlib_module_names


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    with django_side(before) as django, package_side(after) as package:
        yield django, package


def compared(ended: Ended) -> Ended:
    """Return what is compared: modules of commands have other names after."""
    before, after = "shop.management.commands", "shop.cli"
    out, err = ended.out.replace(before, after), ended.err.replace(before, after)
    return comparable(replace(ended, out=out, err=err))


@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "terminal"])
@pytest.mark.parametrize("argv", RUNS, ids=" ".join)
def test_a_command_line_prints_and_exits_the_same(
    sides: Sides, argv: tuple[str, ...], terminal: bool
) -> None:
    django, package = sides

    assert compared(package.run(argv, terminal)) == compared(django.run(argv, terminal))


@pytest.mark.parametrize("name", call_names())
def test_a_call_prints_returns_and_raises_the_same(sides: Sides, name: str) -> None:
    django, package = sides

    assert compared(package.call(name)) == compared(django.call(name))


@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "terminal"])
@pytest.mark.parametrize("colors", COLORS)
@pytest.mark.parametrize("option", ["--force-color", "--no-color", "--skip-checks"])
def test_the_colours_of_the_environment_are_used_the_same(
    sides: Sides, option: str, colors: str, terminal: bool
) -> None:
    django, package = sides
    environment = {"DJANGO_COLORS": colors}

    after = package.run(("styled", option), terminal, environment)

    assert after == django.run(("styled", option), terminal, environment)


_ROLES = st.sampled_from(["error", "Success", "notice", "http_info", "nonsense", "dark", ""])
_COLORS = st.sampled_from(["red", "blue", "Cyan", "grey", ""])
_OPTIONS = st.lists(st.sampled_from(["bold", "blink", "conceal", "noreset", ""]), max_size=3)
_PARTS = st.one_of(
    st.sampled_from(["dark", "light", "nocolor", "odd"]),
    st.builds("{}={}/{}".format, _ROLES, _COLORS, _COLORS),
    st.builds(
        lambda role, color, options: f"{role}={','.join([color, *options])}",
        _ROLES,
        _COLORS,
        _OPTIONS,
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PARTS, max_size=4).map(";".join))
def test_any_colours_of_the_environment_are_used_the_same(sides: Sides, colors: str) -> None:
    django, package = sides
    environment = {"DJANGO_COLORS": colors}

    after = package.run(("styled", "--force-color"), True, environment)

    assert after == django.run(("styled", "--force-color"), True, environment)


_WORDS = """
src a 3 -4 x=y -- --format csv --format=json --day 2024-01-31 --batch-size --bs=7 --pair 1 2
--maybe --names -t --tag --tag=z --extend -d -dd --fast --slow --add-one --no-input --noinput
--color-names --no-color-names --hidden --since --until=4 --all --none -v 1 -v3 --verbosity
--no-color --force-color --traceback --form --na --no --f -h --help
"""


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_WORDS.split()), max_size=8))
def test_any_command_line_prints_and_exits_the_same(sides: Sides, words: list[str]) -> None:
    django, package = sides
    argv = ["rich", "src", *words]

    assert compared(package.run(argv)) == compared(django.run(argv))


@pytest.mark.parametrize("option", ["--settings", "--pythonpath"])
def test_an_option_of_the_manager_is_refused(sides: Sides, option: str) -> None:
    """What is asked for cannot be done, and going on would use other settings than are meant."""
    _, package = sides

    ended = package.run(("plain", "today", option, "other"))

    assert ended.status == 2
    assert f"error: {option} has no meaning without manage.py" in ended.err


def test_an_application_command_says_what_it_needs(sides: Sides) -> None:
    _, package = sides

    ended = package.run(("apps", "shop"))

    assert ended.status == 1
    assert ended.err.startswith("CommandError: This command works on Django applications (shop)")


def test_the_version_is_that_of_the_distribution(sides: Sides) -> None:
    """Django prints its own version, which says nothing about a program without it."""
    _, package = sides

    assert package.run(("plain", "--version")) == Ended("unknown\n", "", 0)


def test_every_name_that_is_provided_is_there() -> None:
    modules = {name: ast.parse(content) for name, content in command_support_files().items()}
    exported = next(
        set(ast.literal_eval(node.value))
        for node in modules["__init__.py"].body
        if isinstance(node, ast.Assign)
    )

    assert exported == frozenset[str]().union(*PROVIDED.values())


def test_nothing_but_python_itself_is_imported() -> None:
    for content in command_support_files().values():
        for node in ast.walk(ast.parse(content)):
            if isinstance(node, ast.Import):
                assert {name.name.partition(".")[0] for name in node.names} <= STANDARD
            if isinstance(node, ast.ImportFrom):
                assert node.level == 1 or (node.module or "").partition(".")[0] in STANDARD


def test_every_name_that_is_provided_is_documented() -> None:
    root = Path(__file__).resolve().parents[3]
    page = (root / "docs/reference/converted-commands.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(django[a-z.]+)` \| (.*) \|$", page, re.MULTILINE))

    documented = {module: frozenset(re.findall(r"`(\w+)`", row)) for module, row in rows.items()}
    assert documented == PROVIDED


def test_the_process_is_set_up_as_the_settings_ask(tmp_path: Path) -> None:
    with package_side(tmp_path) as package:
        (tmp_path / "shop/config").mkdir()
        module = tmp_path / "shop/config/process_setup.py"
        module.write_text("def set_up():\n    print('ready')\n")

        assert package.run(("numbering", "--help")).out.startswith("ready\nusage: ")


def test_what_the_set_up_of_the_process_lacks_is_said(tmp_path: Path) -> None:
    with package_side(tmp_path) as package:
        (tmp_path / "shop/config").mkdir()
        (tmp_path / "shop/config/process_setup.py").write_text("import not_there\n")

        assert package.run(("numbering",)).err == (
            "ModuleNotFoundError: No module named 'not_there'"
        )
