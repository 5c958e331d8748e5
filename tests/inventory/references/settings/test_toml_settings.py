"""Settings of tools in TOML follow what they name."""

from __future__ import annotations

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references import read_references
from relayout.tree import Tree

MOVES = {
    "utils/__init__.py": "src/pkg/utils/__init__.py",
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/sql/x.sql": "src/pkg/utils/sql/x.sql",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "src/pkg/tasks/old.py",
    "apart/b/x.py": "src/pkg/b/x.py",
    "apart/c/x.py": "src/pkg/other/x.py",
    "beside/x.py": "src/pkg/beside/x.py",
    "half/x.py": "src/pkg/half/x.py",
    "half/y.py": "__legacy/half/y.py",
    "single.py": "src/pkg/single.py",
    "gone/a.py": "__legacy/gone/a.py",
}
STAYS = ("tests/test_load.py", "config/a.yaml", "tasks/notes.txt", "README.md", "beside/x.csv")


def check(before: str, after: str) -> None:
    assert followed("pyproject.toml", before, MOVES, STAYS) == (after, [])


def test_paths_of_tests() -> None:
    check(
        '[tool.pytest.ini_options]\ntestpaths = ["tests", "utils", "./utils/"] # here\n',
        '[tool.pytest.ini_options]\ntestpaths = ["tests", "src/pkg/utils", "./src/pkg/utils/"]'
        " # here\n",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"--cov=utils"', '"--cov=src/pkg/utils"'),
        ("'-ra --cov=utils --cov tests'", "'-ra --cov=src/pkg/utils --cov tests'"),
        ('["-p", "utils.load"]', '["-p", "pkg.utils.load"]'),
        ("'-p utils.load -putils.load'", "'-p pkg.utils.load -ppkg.utils.load'"),
        ('"--cov=single"', '"--cov=pkg.single"'),
        ('["--ignore=utils/load.py"]', '["--ignore=src/pkg/utils/load.py"]'),
        ('"--deselect utils/load.py::test_x"', '"--deselect src/pkg/utils/load.py::test_x"'),
        ('["--cov=apart", "-v"]', '["--cov=src/pkg/b", "--cov=src/pkg/other", "-v"]'),
        ('"--cov=beside"', '"--cov=src/pkg/beside"'),
        ('"--cov=half"', '"--cov=src/pkg/half"'),
    ],
)  # fmt: skip
def test_arguments_of_pytest(before: str, after: str) -> None:
    check(f"[tool.pytest]\naddopts = {before}\n", f"[tool.pytest]\naddopts = {after}\n")


@pytest.mark.parametrize(
    "value",
    ['"-k utils -m utils"', '["-m", "utils"]', '["-p", "no:utils.load"]', '"--cov-report=xml"',
     '"-n auto --import-mode=importlib"', '"--cov=other"', '"-o x=utils"'],
)  # fmt: skip
def test_arguments_that_are_no_paths(value: str) -> None:
    text = f"[tool.pytest]\naddopts = {value}\n"
    check(text, text)


@pytest.mark.parametrize(
    ("setting", "before", "after"),
    [
        ("coverage.run.source", '["utils", "tests"]', '["src/pkg/utils", "tests"]'),
        ("coverage.run.source", '["single"]', '["pkg.single"]'),
        ("coverage.run.source_pkgs", '["utils"]', '["pkg.utils"]'),
        ("coverage.run.omit", '["utils/*", "*/tests/*"]', '["src/pkg/utils/*", "*/tests/*"]'),
        ("coverage.report.omit", "['utils/load.py']", "['src/pkg/utils/load.py']"),
        ("coverage.paths.all", '["utils", "*/utils"]', '["src/pkg/utils", "*/utils"]'),
        ("ruff.src", '["utils"]', '["src/pkg/utils"]'),
        ("ruff.extend-exclude", '["utils/sql/*.sql"]', '["src/pkg/utils/sql/*.sql"]'),
        ("ruff.lint.isort.known-first-party", '["utils"]', '["pkg.utils"]'),
        ("isort.src_paths", '["utils"]', '["src/pkg/utils"]'),
        ("isort.known_first_party", '"utils,single"', '"pkg.utils,pkg.single"'),
        ("mypy.files", '["utils", "tests/**/*.py"]', '["src/pkg/utils", "tests/**/*.py"]'),
        ("mypy.files", '"utils, tests"', '"src/pkg/utils, tests"'),
        ("mypy.exclude", "'^utils/load\\.py$'", "'^src/pkg/utils/load\\.py$'"),
        ("mypy.exclude", "['^(utils|tests)/']", "['^(src/pkg/utils|tests)/']"),
        ("mypy.packages", '["utils"]', '["pkg.utils"]'),
        ("mypy.plugins", '["utils.load"]', '["pkg.utils.load"]'),
        ("mypy.plugins", '"utils/load.py"', '"src/pkg/utils/load.py"'),
        ("pyright.include", '["utils", "**/x"]', '["src/pkg/utils", "**/x"]'),
        ("basedpyright.executionEnvironments", '[{ root = "utils" }]',
         '[{ root = "src/pkg/utils" }]'),
        ("pylint.MAIN.load-plugins", '["utils.load"]', '["pkg.utils.load"]'),
        ("pylint.main.ignore-paths", '["^utils/.*"]', '["^src/pkg/utils/.*"]'),
        ("bandit.exclude_dirs", '["utils/sql"]', '["src/pkg/utils/sql"]'),
        ("vulture.paths", '["utils"]', '["src/pkg/utils"]'),
        ("deptry.known_first_party", '["utils"]', '["pkg.utils"]'),
        ("interrogate.exclude", '["utils"]', '["src/pkg/utils"]'),
        ("importlinter.root_packages", '["utils"]', '["pkg.utils"]'),
        ("importlinter.contracts", '[{ layers = ["utils.load | (single)", "tests"] }]',
         '[{ layers = ["pkg.utils.load | (pkg.single)", "tests"] }]'),
        ("commitizen.version_files", '["utils/__init__.py:__version__"]',
         '["src/pkg/utils/__init__.py:__version__"]'),
        ("semantic_release.version_variables", '["utils/__init__.py:__version__"]',
         '["src/pkg/utils/__init__.py:__version__"]'),
        ("bumpversion.files", '[{ filename = "utils/__init__.py" }]',
         '[{ filename = "src/pkg/utils/__init__.py" }]'),
        ("towncrier.directory", '"utils/sql"', '"src/pkg/utils/sql"'),
        ("towncrier.package", '"utils"', '"pkg.utils"'),
        ("dg.project.root_module", '"utils"', '"pkg.utils"'),
        ("hatch.version.path", '"utils/__init__.py"', '"src/pkg/utils/__init__.py"'),
        ("setuptools.dynamic.version.attr", '"utils.load.VERSION"', '"pkg.utils.load.VERSION"'),
        ("poe.tasks.load", '"python utils/load.py --all"', '"python -m pkg.utils.load --all"'),
        ("poe.tasks.load", '{ cmd = "python -m utils.load" }',
         '{ cmd = "python -m pkg.utils.load" }'),
        ("poe.tasks.load", '{ script = "utils.load:main(1)" }',
         '{ script = "pkg.utils.load:main(1)" }'),
        ("poe.tasks.load", '{ cmd = "python load.py", cwd = "utils" }',
         '{ cmd = "python -m pkg.utils.load", cwd = "src/pkg/utils" }'),
        ("poe.tasks.all", '{ sequence = ["load", { shell = "cat utils/sql/x.sql" }] }',
         '{ sequence = ["load", { shell = "cat src/pkg/utils/sql/x.sql" }] }'),
        ("taskipy.tasks.load", '"cd utils && python load.py"',
         '"cd src/pkg/utils && python -m pkg.utils.load"'),
        ("pdm.scripts.load", '{ call = "utils.load:main" }', '{ call = "pkg.utils.load:main" }'),
        ("hatch.envs.default.scripts.load", '["python utils/load.py", "ls"]',
         '["python -m pkg.utils.load", "ls"]'),
        ("alembic.script_location", '"%(here)s/utils/sql"', '"%(here)s/src/pkg/utils/sql"'),
        ("pytest.filterwarnings", '["error:::utils.load", "ignore:utils:utils.load.Old"]',
         '["error:::pkg.utils.load", "ignore:utils:pkg.utils.load.Old"]'),
        ("poe.tasks.test", '{ ref = "all --cov=utils" }', '{ ref = "all --cov=src/pkg/utils" }'),
        ("hatch.envs.x.scripts.t", '"pytest {args:utils tests}"',
         '"pytest {args:src/pkg/utils tests}"'),
        ("hatch.build.targets.sdist.include", '["/utils", "utils/sql/*.sql", "utils"]',
         '["/src/pkg/utils", "src/pkg/utils/sql/*.sql", "utils"]'),
        ("hatch.build.force-include", '{ "utils/sql" = "x/sql" }',
         '{ "src/pkg/utils/sql" = "x/sql" }'),
        ("uv.sources.x", '{ path = "utils" }', '{ path = "src/pkg/utils" }'),
    ],
)  # fmt: skip
def test_a_setting_follows(setting: str, before: str, after: str) -> None:
    check(f"tool.{setting} = {before}\n", f"tool.{setting} = {after}\n")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ruff.exclude", '["utils", "sql"]'),  # such a name holds at any depth
        ("ruff.lint.per-file-ignores", '{ "load.py" = ["E501"] }'),
        ("ruff.lint.select", '["utils"]'),
        ("ruff.lint.isort.known-third-party", '["utils"]'),
        ("black.exclude", "'/(utils|migrations)/'"),
        ("mypy.exclude", "'utils|tests'"),
        ("mypy.mypy_path", '"utils"'),
        ("mypy.python_version", '"3.11"'),
        ("pytest.ini_options.pythonpath", '["utils"]'),
        ("pytest.ini_options.norecursedirs", '["utils"]'),
        ("pytest.ini_options.markers", '["utils: tests of utils/load.py"]'),
        ("coverage.run.omit", '["*/utils/*"]'),
        ("coverage.run.source", '["other"]'),
        ("mypy.overrides", '[{ module = ["yaml.*", "os.*", "utils_other.*"] }]'),
        ("poe.tasks.all", '["utils", "tasks"]'),
        ("poe.tasks.load", '{ help = "python utils/load.py" }'),
        ("poe.tasks.load", '"echo python utils/load.py"'),
        ("custom.anything", '"utils/load.py"'),
        ("mypy.files", '["/srv/utils", "../utils", "https://x/utils", "~/utils"]'),
        ("bandit.exclude_dirs", '["/utils/sql"]'),
        ("setuptools.packages", '["utils"]'),
        ("hatch.build.targets.wheel.packages", '["utils"]'),
    ],
)
def test_what_names_nothing_that_moved_is_left(setting: str, value: str) -> None:
    check(f"tool.{setting} = {value}\n", f"tool.{setting} = {value}\n")


def test_keys_are_patterns_of_files() -> None:
    before = '[tool.ruff.lint.per-file-ignores]\n"utils/*.py" = ["E501"]\n"tests/*" = ["S"]\n'
    check(before, before.replace("utils", "src/pkg/utils"))


def test_dotted_patterns_follow_a_package_that_moved_whole() -> None:
    before = '[[tool.mypy.overrides]]\nmodule = [\n  "utils.*", # ours\n  "yaml.*",\n]\n'
    check(before, before.replace("utils.*", "pkg.utils.*"))


def test_a_dependency_of_that_name_is_meant() -> None:
    before = (
        '[project]\nname = "x"\nversion = "1"\ndependencies = ["utils>=1"]\n'
        '[[tool.mypy.overrides]]\nmodule = "utils.*"\n'
    )
    check(before, before)


def test_a_project_may_depend_on_itself() -> None:
    before = (
        '[project]\nname = "utils"\nversion = "1"\ndependencies = ["utils[all]"]\n'
        '[[tool.mypy.overrides]]\nmodule = "utils.*"\n'
    )
    check(before, before.replace("utils.*", "pkg.utils.*"))


def test_a_package_in_a_src_folder_of_its_own_is_found() -> None:
    text = '[tool.poe.tasks]\nx.script = "own:main"\n'
    others = ("server/src/own/__init__.py",)
    assert followed("server/pyproject.toml", text, MOVES, others) == (text, [])


def test_a_package_that_came_apart_is_reported() -> None:
    text = '[[tool.mypy.overrides]]\nmodule = "tasks.*"\n'
    after, about = followed("pyproject.toml", text, MOVES, STAYS)
    assert after == text
    assert about == ['2: "tasks" names tasks, whose files have different places now']


def test_a_folder_whose_modules_stand_beside_others_is_reported() -> None:
    text = '[tool.coverage.run]\nsource = ["tasks"]\n'
    about = ['2: "tasks" names tasks, whose files have different places now']
    assert followed("pyproject.toml", text, MOVES, STAYS) == (text, about)


def test_a_single_name_cannot_become_several() -> None:
    text = 'tool.uv.sources.x = { path = "tasks" }\ntool.dg.project.root_module = "tasks"\n'
    after, about = followed("pyproject.toml", text, MOVES, STAYS)
    assert after == text
    assert len(about) == 2


def test_a_package_that_came_apart_is_named_by_its_parts_in_a_list() -> None:
    check(
        'tool.mypy.packages = ["tasks", "tests"]',
        'tool.mypy.packages = ["pkg.run", "pkg.tasks", "tests"]',
    )


def test_verbose_expressions_of_black() -> None:
    before = (
        "[tool.black]\nexclude = '''\n^/(\n    \\.git # utils\n  | utils/sql\n  | sql\n)/\n'''\n"
    )
    check(before, before.replace("utils/sql", "src/pkg/utils/sql"))


def test_settings_of_one_tool_in_a_file_of_its_own() -> None:
    before = 'src = ["utils"]\n[lint.per-file-ignores]\n"utils/load.py" = ["E"]\n'
    after = before.replace("utils", "src/pkg/utils")
    assert followed("ruff.toml", before, MOVES, STAYS) == (after, [])


def test_settings_that_move_count_from_their_new_folder() -> None:
    before = '[tool.pytest]\ntestpaths = ["load.py"]\n'
    moves = {**MOVES, "utils/pyproject.toml": "config/pyproject.toml"}
    after, about = followed("utils/pyproject.toml", before, moves, STAYS)
    assert (after, about) == (before.replace("load.py", "../src/pkg/utils/load.py"), [])


def test_arguments_over_several_lines_follow() -> None:
    before = '[tool.pytest]\naddopts = """\n--ignore utils/sql \\\n--cov utils \\\n-ra"""\n'
    check(before, before.replace("utils", "src/pkg/utils"))


def test_contracts_name_a_package_by_its_own_file() -> None:
    moves = {"utils/__init__.py": "src/pkg/utils/__init__.py", "utils/x.py": "__legacy/x.py"}
    before = '[tool.importlinter]\nroot_package = "utils"\n[[tool.importlinter.contracts]]\n'
    before += 'ignore_imports = ["utils -> tests.x"]\n'
    after = before.replace("utils", "pkg.utils")
    assert followed("pyproject.toml", before, moves, ("tests/x.py",)) == (after, [])


def test_line_ends_and_a_mark_stay() -> None:
    before = '\ufefftool.mypy.files = [\r\n  "utils",\r\n]\r\n'
    check(before, before.replace("utils", "src/pkg/utils"))


def test_a_pipfile_names_paths_and_commands() -> None:
    before = (
        '[packages]\nx = { path = "./utils", editable = true }\n'
        '[scripts]\nl = "python utils/load.py"\n'
    )
    after = (
        '[packages]\nx = { path = "./src/pkg/utils", editable = true }\n'
        '[scripts]\nl = "python -m pkg.utils.load"\n'
    )
    assert followed("Pipfile", before, MOVES, STAYS) == (after, [])


def test_a_name_without_end_is_read_in_no_time() -> None:
    text = f'tool.mypy.packages = ["{"a." * 100_000}b"]\n'
    check(text, text)


@given(st.text(alphabet="[]=\"'#\n\\.,toml utils/load"))
def test_no_text_is_too_bad(text: str) -> None:
    tree = Tree.of({**dict.fromkeys(MOVES, ""), "pyproject.toml": text})
    read_references("pyproject.toml", tree)


@given(st.lists(st.sampled_from(["utils", "utils/load.py", "tests", "x", "utils/*", "a b"])))
def test_only_what_is_named_changes(values: list[str]) -> None:
    before = tomlkit.dumps({"tool": {"mypy": {"files": values, "exclude": "x"}}})
    after, _ = followed("pyproject.toml", before, MOVES, STAYS)
    wanted = [v.replace("utils", "src/pkg/utils") for v in values]
    assert tomlkit.parse(after).unwrap() == {"tool": {"mypy": {"files": wanted, "exclude": "x"}}}
