"""Laws that hold for every repository: generated ones, run for real before and after."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from migrations import checks_of, migrate_files, migrate_tree
from relayout.migration import Migration
from relayout.source import Source
from relayout.tree import Tree
from workbench import build_tree

HACKS = {
    "insert with pathlib": """\
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
""",
    "parents": """\
import sys
import pathlib
ROOT = pathlib.Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
""",
    "os.path.join": """\
import os, sys
sys.path.append(os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')))
""",
    "nested dirname": """\
import os
import sys
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(here))
""",
    "a helper that walks upwards": """\
import sys
from pathlib import Path

def find_root():
    folder = Path(__file__).resolve().parent
    while folder != folder.parent:
        if (folder / "Makefile").exists():
            return folder
        folder = folder.parent
    raise RuntimeError("no root")

sys.path.insert(0, str(find_root()))
""",
    "a slice": """\
import sys, os
sys.path[:0] = [os.path.join(os.path.dirname(os.path.realpath(__file__)), os.pardir)]
""",
    "the helpers' own folder": """\
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "utils"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
""",
    "a helper with arguments": """\
import os
import sys

def add(folder, first=True):
    if folder not in sys.path:
        sys.path.insert(0, folder)

add(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
""",
    "behind the script's folder": """\
import sys
from pathlib import Path
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
""",
    "an alias": """\
from sys import path as search
import os
search[:0] = ["%s/.." % os.path.dirname(os.path.abspath(__file__))]
""",
    "a comprehension": """\
import sys
from pathlib import Path
[sys.path.append(str(p)) for p in (Path(__file__).resolve().parents[1],)]
""",
    "assigned": """\
import os, sys
sys.path = [os.sep.join(os.path.abspath(__file__).split(os.sep)[:-2]), *sys.path]
""",
    "a search among parents": """\
import sys
from pathlib import Path
for folder in Path(__file__).resolve().parents:
    if (folder / "Makefile").exists():
        root = folder
        break
sys.path.append(str(root))
del folder, root
""",
    "the first argument": """\
import os
import sys
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(sys.argv[0])))
sys.path.append(ROOT)
""",
    "once for each of a list": """\
import sys
for folder in [".", "utils"]:
    if folder not in sys.path:
        sys.path.append(folder)
""",
}
"""Ways in which a script of ``scripts/`` puts the repository's root on the search path."""

HELPERS = ("db", "text", "clock")

IMPORTS = {
    "import a.b": "import utils.{m}\nshow(utils.{m}.who())\n",
    "import a.b as c": "import utils.{m} as helper\nshow(helper.who())\n",
    "from a import b": "from utils import {m}\nshow({m}.who())\n",
    "from a import b as c": "from utils import {m} as tool\nshow(tool.who())\n",
    "from a.b import c": "from utils.{m} import who\nshow(who())\n",
    "from a.b import c as d": (
        "from utils.{m} import who as name_of, NAME\nshow(name_of() + NAME)\n"
    ),
    "several lines": (
        "from utils.{m} import (\n    who,  # the function\n    NAME,\n)\nshow(who(), NAME)\n"
    ),
    "in a function": (
        "def ask_{m}():\n    from utils.{m} import who\n    return who()\nshow(ask_{m}())\n"
    ),
    "try": (
        "try:\n"
        "    from utils.{m} import who\n"
        "except ImportError:\n"
        "    who = lambda: 'nobody'\n"
        "show(who())\n"
    ),
    "try the other": (
        "try:\n"
        "    import missing_{m} as z\n"
        "except ImportError:\n"
        "    import utils.{m} as z\n"
        "show(z.who())\n"
    ),
    "under a condition": "if len('ab') == 2:\n    import utils.{m}\n    show(utils.{m}.NAME)\n",
    "with others": (
        "import json, utils.{m}, os.path as p\nshow(json.dumps(utils.{m}.NAME), p.join('a', 'b'))\n"
    ),
    "a line with semicolons": "import utils.{m}; show(utils.{m}.NAME)\n",
    "a sibling": "import step\nshow(step.who())\n",
    "from a sibling": "from step import who as step_who\nshow(step_who())\n",
    "a sibling of a common name": "import common\nshow(common.NAME)\n",
    "star": "from utils.{m} import *\nshow(NAME)\n",
    "its own name": (
        "utils = 'not the package'\nfrom utils.{m} import who as w\nshow(w(), utils)\n"
    ),
    "in a class": "class Job:\n    from utils.{m} import NAME\nshow(Job.NAME)\n",
    "import_module": (
        "from importlib import import_module\nshow(import_module('json').__name__)\n"
    ),
}

HELPER_USES = {
    "nothing": "",
    "relative": "from .{m} import who as other\nBESIDE = other()\n",
    "relative module": "from . import {m} as other\nBESIDE = other.NAME\n",
    "absolute": "from utils.{m} import NAME as BESIDE\n",
}


@dataclass(frozen=True)
class Repository:
    """A generated repository: its files, and the scripts that its Makefile runs."""

    files: Mapping[str, str]
    scripts: tuple[str, ...]


@st.composite
def repositories(draw: st.DrawFn) -> Repository:
    """A few scripts on path hacks, in one or two folders, and the helpers that they import."""
    files: dict[str, str] = {}
    regular = draw(st.booleans())
    if regular:
        files["utils/__init__.py"] = draw(st.sampled_from(["", '"""Helpers."""\n']))
    for number, helper in enumerate(HELPERS):
        use = draw(st.sampled_from(sorted(HELPER_USES))) if number else "nothing"
        files[f"utils/{helper}.py"] = (
            HELPER_USES[use].format(m=HELPERS[0])
            + f'NAME = "utils.{helper}"\n\n\ndef who():\n    return "who of " + NAME\n'
        )
    if draw(st.booleans()):
        files["common.py"] = 'NAME = "common of the root"\n'
    scripts = []
    for folder in draw(st.sampled_from([("scripts",), ("jobs",), ("scripts", "loaders")])):
        files[f"{folder}/step.py"] = f'def who():\n    return "step of {folder}"\n'
        files[f"{folder}/common.py"] = f'NAME = "common of {folder}"\n'
        for number in range(draw(st.integers(1, 2))):
            path = f"{folder}/run_{number}.py"
            files[path] = draw(script_sources())
            scripts.append(path)
    files["old/attempt.py"] = "import nothing_of_this_name\n"
    files["Makefile"] = "all:\n" + "".join(f"\tpython {path}\n" for path in scripts)
    ends = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    code = {p: t.replace("\n", ends) if p.endswith(".py") else t for p, t in files.items()}
    return Repository(code, tuple(scripts))


@st.composite
def script_sources(draw: st.DrawFn) -> str:
    """A script: a path hack, a few imports of several forms, each used, perhaps a main."""
    head = draw(st.sampled_from(["", "#!/usr/bin/env python\n", '"""Loads  it."""\n\n']))
    hack = draw(st.sampled_from(sorted(HACKS)))
    forms = draw(st.lists(st.sampled_from(sorted(IMPORTS)), min_size=1, max_size=4))
    helpers = [draw(st.sampled_from(HELPERS)) for _ in forms]
    show = "def show(*what):\n    print(*what)\n\n\n"
    body = "".join(IMPORTS[form].format(m=m) for form, m in zip(forms, helpers, strict=True))
    end = draw(
        st.sampled_from(["", "# the end", '\nif __name__ == "__main__":\n    show("main")\n'])
    )
    return head + HACKS[hack] + show + body + end


def outputs(files: Mapping[str, bytes | str], scripts: Mapping[str, str]) -> dict[str, str]:
    """Run scripts and return what each prints, and whether it ends well."""
    with TemporaryDirectory() as folder:
        build_tree(Path(folder), files)
        processes = {
            name: subprocess.Popen(
                [sys.executable, "-B", "-S", path],
                cwd=folder,
                env={"PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for name, path in scripts.items()
        }
        found = {}
        for name, process in processes.items():
            printed, problem = process.communicate(timeout=30)
            last = problem.strip().splitlines()[-1:] if process.returncode else []
            found[name] = printed + "".join(last)
        return found


def contents(tree: Tree) -> dict[str, bytes]:
    """Return every file of a tree."""
    return {path: tree.read(path) for path in tree}


PLACES = {
    "parent": "Path(__file__).resolve().parent",
    "parents": "Path(__file__).resolve().parents[{up}]",
    "dots": "Path(__file__).resolve().parent.joinpath({dots})",
    "a name": "HERE",
    "os.path": "Path(os.path.join(os.path.dirname(os.path.abspath(__file__)), {dots}))",
    "dirname": "Path(os.path.dirname(os.path.abspath(__file__)))",
    "a helper": "find_root()",
    "a helper with a name": "up_to('Makefile')",
    "next": "next(p for p in Path(__file__).resolve().parents if (p / 'Makefile').exists())",
}
"""Expressions from which a script reaches its own folder, or the root of the repository."""

AT_OWN_FOLDER = frozenset({"parent", "a name", "dirname"})

READER = """\
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent


def find_root():
    folder = Path(__file__).resolve().parent
    while folder != folder.parent:
        if (folder / "Makefile").exists():
            return folder
        folder = folder.parent


def up_to(name):
    for folder in Path(__file__).resolve().parents:
        if (folder / name).is_file():
            return folder


"""

READS = {
    "slash": "print(({place} / '{folder}' / '{name}').read_text())\n",
    "joined": "print(os.path.exists(os.path.join(str({place}), '{folder}', '{name}')))\n",
    "open": "print(open({place} / '{folder}/{name}').read())\n",
    "a name for the folder": "D = {place} / '{folder}'\nprint((D / '{name}').read_text())\n",
    "a name for the file": "F = {place} / '{folder}' / '{name}'\nprint(F.read_text(), F.name)\n",
    "in a function": "def read():\n    p = {place} / '{folder}'\n    return (p / '{name}')\n"
    "print(read().read_text())\n",
    "a default": "def get(p={place} / '{folder}' / '{name}'):\n    return p.read_text()\n"
    "print(get())\n",
    "all of a folder": "print(sorted(p.name for p in ({place} / '{folder}').glob('*.txt')))\n",
}

DATA = ("data/a.txt", "data/b.txt", "sql/q.sql", "config/c.yml", "jobs/own/d.txt", "jobs/e.csv")


@st.composite
def readers(draw: st.DrawFn) -> Repository:
    """Scripts that read files of the repository, by paths from their own place."""
    files = {name: f"content of {name}" for name in DATA}
    scripts = []
    for number, folder in enumerate(draw(st.sampled_from([("jobs",), ("jobs", "jobs/own")]))):
        path = f"{folder}/read_{number}.py"
        up = folder.count("/") + 1
        code = READER
        for _ in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(sorted(PLACES)))
            data = draw(st.sampled_from(DATA))
            data_folder, _, name = data.rpartition("/")
            if kind in AT_OWN_FOLDER:
                data_folder = "/".join([".."] * up + [data_folder])
            read = READS[draw(st.sampled_from(sorted(READS)))]
            place = PLACES[kind].format(up=up, dots=", ".join(["'..'"] * up))
            code += read.format(place=place, folder=data_folder, name=name)
        files[path] = code
        scripts.append(path)
    files["Makefile"] = "all:\n" + "".join(f"\tpython {path}\n" for path in scripts)
    return Repository(files, tuple(scripts))


LAW = settings(suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(repositories())
def test_migrating_the_same_files_twice_gives_the_same_bytes(repository: Repository) -> None:
    first = migrate_files(repository.files)
    backwards = dict(reversed(list(repository.files.items())))
    second = migrate_files(backwards)
    assert contents(first.after) == contents(second.after)
    assert first.plan.moves == second.plan.moves
    assert first.plan.findings == second.plan.findings


@LAW
@given(repositories())
def test_a_migrated_tree_has_nothing_left_to_do(repository: Repository) -> None:
    once = migrate_files(repository.files)
    again = migrate_tree(once.after)
    note(str(again.plan.moves))
    assert again.plan.is_empty


@LAW
@given(repositories())
def test_every_byte_outside_of_an_edit_stays(repository: Repository) -> None:
    migration = migrate_files(repository.files)
    edits = {edited.path: edited.edits for edited in migration.plan.edits}
    for path in migration.before:
        new_path = migration.plan.targets.get(path, path)
        before, after = migration.before.read(path), migration.after.read(new_path)
        if new_path not in edits:
            assert after == before, new_path
            continue
        text, rest = Source.decode(before).text, Source.decode(after).text
        position = 0
        for edit in sorted(edits[new_path], key=lambda e: (e.start, e.end)):
            kept = text[position : edit.start]
            assert rest.startswith(kept + edit.replacement)
            rest = rest[len(kept) + len(edit.replacement) :]
            position = edit.end
        assert rest == text[position:]


@LAW
@given(repositories())
def test_the_result_passes_every_check(repository: Repository) -> None:
    checks = checks_of(migrate_files(repository.files))
    failed = {
        name: check.details
        for name, check in checks.items()
        if not check.passed and name != "layout-rules"
    }
    assert failed == {}


@LAW
@given(repositories())
def test_programs_print_the_same_before_and_after(repository: Repository) -> None:
    """The scripts are started by their paths; the package is found as an installed one is."""
    migration = migrate_files(repository.files)
    for path in repository.scripts:
        place = migration.plan.targets[path]
        note(f"--- {place}\n{migration.after.read(place).decode()}")
    assert_programs_are_equal(repository, migration)


@LAW
@given(readers())
def test_programs_read_the_same_files_before_and_after(repository: Repository) -> None:
    """Unless a finding says that a path could not be followed."""
    migration = migrate_files(repository.files)
    for path in repository.scripts:
        place = migration.plan.targets[path]
        note(f"--- {place}\n{migration.after.read(place).decode()}")
    if all(finding.code != "path-not-followed" for finding in migration.plan.findings):
        assert_programs_are_equal(repository, migration)


def assert_programs_are_equal(repository: Repository, migration: Migration) -> None:
    """Every script prints after a migration what it printed before."""
    targets = migration.plan.targets
    places = {path: targets.get(path, path) for path in repository.scripts}
    before = outputs(repository.files, {path: path for path in repository.scripts})
    after = outputs(contents(migration.after), places)
    assert after == before


@pytest.mark.parametrize("hack", HACKS)
@pytest.mark.parametrize("form", ["import a.b", "from a.b import c", "with others"])
def test_every_hack_goes_and_what_it_served_still_works(hack: str, form: str) -> None:
    body = "def show(*what):\n    print(*what)\n" + IMPORTS[form].format(m="db")
    files = {
        "Makefile": "run:\n\tpython scripts/run.py\n",
        "scripts/run.py": HACKS[hack] + body,
        "utils/db.py": 'NAME = "db"\n\n\ndef who():\n    return "who"\n',
    }
    migration = migrate_files(files)
    assert_programs_are_equal(Repository(files, ("scripts/run.py",)), migration)
    after = migration.after.read("src/pipelines/scripts/run.py").decode()
    assert after == "def show(*what):\n" + after.partition("def show(*what):\n")[2]
