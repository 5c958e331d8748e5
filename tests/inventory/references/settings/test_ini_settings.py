"""Settings of tools in INI files follow what they name."""

from __future__ import annotations

import pytest
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
    "single.py": "src/pkg/single.py",
    "alembic/env.py": "db/migrations/env.py",
    "alembic/versions/a.py": "db/migrations/versions/a.py",
}
STAYS = ("tests/test_load.py", "config/a.yaml", "tasks/notes.txt", "README.md")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("pytest.ini", "[pytest]\ntestpaths = tests utils",
         "[pytest]\ntestpaths = tests src/pkg/utils"),
        ("setup.cfg", "[tool:pytest]\naddopts =\n  -ra\n  --cov=utils # x\n"
         "  --ignore utils/load.py",
         "[tool:pytest]\naddopts =\n  -ra\n  --cov=src/pkg/utils # x\n"
         "  --ignore src/pkg/utils/load.py"),
        ("tox.ini", "[pytest]\ntestpaths=utils", "[pytest]\ntestpaths=src/pkg/utils"),
        (".flake8", "[flake8]\nexclude =\n    .git,\n    utils/sql,\nper-file-ignores =\n"
         "    utils/*.py:E501,W5\n",
         "[flake8]\nexclude =\n    .git,\n    src/pkg/utils/sql,\nper-file-ignores =\n"
         "    src/pkg/utils/*.py:E501,W5\n"),
        (".flake8", "[flake8]\napplication-import-names = utils,tests",
         "[flake8]\napplication-import-names = pkg.utils,tests"),
        ("mypy.ini", "[mypy]\nfiles = utils, tests\nexclude = ^utils/sql/\n[mypy-utils.*]\n"
         "x = True\n",
         "[mypy]\nfiles = src/pkg/utils, tests\nexclude = ^src/pkg/utils/sql/\n"
         "[mypy-pkg.utils.*]\nx = True\n"),
        ("setup.cfg", "[mypy-yaml.*,utils.load]\nx = 1", "[mypy-yaml.*,pkg.utils.load]\nx = 1"),
        (".coveragerc", "[run]\nsource =\n    utils\n    tests\nomit = utils/sql/*\n",
         "[run]\nsource =\n    src/pkg/utils\n    tests\nomit = src/pkg/utils/sql/*\n"),
        ("tox.ini", "[coverage:run]\nsource = single", "[coverage:run]\nsource = pkg.single"),
        (".pylintrc", "[MASTER]\nload-plugins=utils.load,x\nignore-paths=^utils/.*$,^tests\n",
         "[MASTER]\nload-plugins=pkg.utils.load,x\nignore-paths=^src/pkg/utils/.*$,^tests\n"),
        ("setup.cfg", "[pylint.MAIN]\nload-plugins=utils.load",
         "[pylint.MAIN]\nload-plugins=pkg.utils.load"),
        (".isort.cfg", "[settings]\nknown_first_party = utils,single\nsrc_paths=utils",
         "[settings]\nknown_first_party = pkg.utils,pkg.single\nsrc_paths=src/pkg/utils"),
        (".bandit", "[bandit]\nexclude: utils/sql,tests",
         "[bandit]\nexclude: src/pkg/utils/sql,tests"),
        (".bumpversion.cfg", "[bumpversion:file:utils/__init__.py]\nx = 1\n"
         "[bumpversion:file(b):README.md]\n",
         "[bumpversion:file:src/pkg/utils/__init__.py]\nx = 1\n[bumpversion:file(b):README.md]\n"),
        (".importlinter", "[importlinter]\nroot_package = utils\n[importlinter:contract:a]\n"
         "layers =\n  utils.load\n  single | utils\n",
         "[importlinter]\nroot_package = pkg.utils\n[importlinter:contract:a]\nlayers =\n"
         "  pkg.utils.load\n  pkg.single | pkg.utils\n"),
        (".sqlfluff", "[sqlfluff:templater:jinja]\nload_macros_from_path = utils/sql",
         "[sqlfluff:templater:jinja]\nload_macros_from_path = src/pkg/utils/sql"),
        ("alembic.ini", "[alembic]\nscript_location = alembic\n",
         "[alembic]\nscript_location = db/migrations\n"),
        ("alembic.ini", "[alembic]\nscript_location = %(here)s/alembic\nprepend_sys_path = .\n",
         "[alembic]\nscript_location = %(here)s/db/migrations\nprepend_sys_path = .\n"),
        ("alembic.ini", "[alembic]\n"
         "version_locations = %(here)s/alembic/versions alembic/versions\n",
         "[alembic]\nversion_locations = %(here)s/db/migrations/versions db/migrations/versions\n"),
        ("setup.cfg", "[metadata]\nversion = attr: utils.VERSION\n"
         "long_description = file: README.md, utils/sql/x.sql",
         "[metadata]\nversion = attr: pkg.utils.VERSION\n"
         "long_description = file: README.md, src/pkg/utils/sql/x.sql"),
        ("setup.cfg", "[options]\nscripts =\n  utils/load.py\n",
         "[options]\nscripts =\n  src/pkg/utils/load.py\n"),
    ],
)  # fmt: skip
def test_a_setting_follows(path: str, before: str, after: str) -> None:
    assert followed(path, before, MOVES, STAYS) == (after, [])
    crlf = before.replace("\n", "\r\n"), after.replace("\n", "\r\n")
    assert followed(path, crlf[0], MOVES, STAYS) == (crlf[1], [])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "pytest.ini",
            "[pytest]\nnorecursedirs = utils .git\npythonpath = utils\n# testpaths = utils",
        ),
        ("pytest.ini", "[pytest]\nmarkers =\n    utils: tests of utils/load.py\n"),
        ("pytest.ini", "[other]\ntestpaths = utils"),
        (".flake8", "[flake8]\nexclude = utils,load.py\nignore = utils\n"),
        ("mypy.ini", "[mypy]\nmypy_path = utils\n[mypy-utilsother.*]\nx = 1\n[mypy-os.*]\nx = 1\n"),
        (".coveragerc", "[run]\nomit = */utils/*\nsource = other\n"),
        (".pylintrc", "[MASTER]\nignore=utils\ninit-hook='import utils'\n"),
        (".isort.cfg", "[settings]\nskip=utils\nknown_third_party=utils\n"),
        ("setup.cfg", "[metadata]\nname = utils\nversion = 1.0\n[options]\npackages = utils\n"),
        (
            "alembic.ini",
            "[alembic]\nsqlalchemy.url = sqlite:///utils/x.db\n[loggers]\nkeys = utils\n",
        ),
        ("setup.cfg", "testpaths = utils"),
        ("setup.cfg", "[tool:pytest\ntestpaths = utils"),
    ],
)
def test_what_names_nothing_that_moved_is_left(path: str, text: str) -> None:
    assert followed(path, text, MOVES, STAYS) == (text, [])


def test_a_package_that_came_apart_is_named_by_its_parts() -> None:
    before = "[isort]\nknown_first_party = tasks,tests\n"
    after = "[isort]\nknown_first_party = pkg.run,pkg.tasks,tests\n"
    text, about = followed("setup.cfg", before, MOVES, STAYS)
    assert text.replace(", ", ",") == after
    assert not about


def test_a_section_of_a_package_that_came_apart_is_reported() -> None:
    text = "[mypy-tasks.*]\nignore_errors = True\n"
    about = ['1: "tasks" names tasks, whose files have different places now']
    assert followed("mypy.ini", text, MOVES, STAYS) == (text, about)


def test_settings_below_the_root_may_count_from_the_root() -> None:
    moves = {"server/alembic/env.py": "db/migrations/env.py"}
    own = "[alembic]\nscript_location = alembic\n"
    after, about = followed("server/alembic.ini", own, moves, STAYS)
    assert (after, about) == ("[alembic]\nscript_location = ../db/migrations\n", [])
    root = "[alembic]\nscript_location = server/alembic\n"
    after, about = followed("server/alembic.ini", root, moves, STAYS)
    assert (after, about) == ("[alembic]\nscript_location = db/migrations\n", [])


@given(st.text(alphabet="[]=:#\n ,%()pytestmutils/load."))
def test_no_text_is_too_bad(text: str) -> None:
    tree = Tree.of({**dict.fromkeys(MOVES, ""), "setup.cfg": text})
    read_references("setup.cfg", tree)
