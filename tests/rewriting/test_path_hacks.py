"""Every form of path hack: which folders it adds, what is left of it, and that programs still run.

All forms are scripts of one repository, which is migrated once.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from migrations import checks_of, migrate_files, text_after
from relayout.migration import Migration
from workbench import build_tree

HERE = "os.path.dirname(os.path.abspath(__file__))"
ROOT = f"os.path.dirname({HERE})"
UP = "Path(__file__).resolve().parents[1]"
WITH_OS = "import os, sys\n"
WITH_PATH = "import sys\nfrom pathlib import Path\n"

FOUND = "import lib_names\nfrom utils import db\n"
"""What the hacks make work: a module of ``lib/``, and one of the root's ``utils/``."""

USES = "print(lib_names.N, db.NAME)\n"
HACK_FOR_BOTH = "import sys\nsys.path.append('lib')\nsys.path.append('.')\n"


@dataclass(frozen=True)
class Form:
    """A hack, the folders that each of its statements adds, and what is left of it."""

    code: str
    folders: tuple[tuple[str, ...], ...]
    left: str = ""


def both(code: str, left: str = "") -> Form:
    """A hack of one statement that adds the root and ``lib``."""
    return Form(code, (("", "lib"),), left)


FORMS = {
    "insert and append": Form(
        "import sys\nsys.path.insert(0, '.')\nsys.path.append('lib')\n", (("",), ("lib",))
    ),
    "insert behind the first": Form(
        "import sys\nsys.path.insert(1, '.')\nsys.path.insert(1, 'lib')\n", (("",), ("lib",))
    ),
    "extend": both("import sys\nsys.path.extend(['.', 'lib'])\n"),
    "extend by a generator": both(
        f"{WITH_OS}sys.path.extend(os.path.join({ROOT}, n) for n in ('.', 'lib'))\n"
    ),
    "extend by a map": both(f"{WITH_PATH}sys.path.extend(map(str, [{UP}, {UP} / 'lib']))\n"),
    "a comprehension as a statement": both(
        "import sys\n[sys.path.append(p) for p in ('.', 'lib')]\n"
    ),
    "a loop": both("import sys\nfor folder in ['.', 'lib']:\n    sys.path.append(folder)\n"),
    "a guarded loop": both(
        f"{WITH_PATH}ROOT = {UP}\nfor p in (ROOT, ROOT / 'lib'):\n"
        "    if str(p) not in sys.path:\n        sys.path.append(str(p))\n"
    ),
    "a loop and what it leaves": both(
        "import sys\nfor folder in ['.', 'lib']:\n    sys.path.append(folder)\ndel folder\n"
    ),
    "a loop over pairs": both(
        "import sys\nfor _, folder in enumerate(('.', 'lib')):\n    sys.path.append(folder)\n"
    ),
    "a loop over a dictionary": both(
        "import sys\nFOLDERS = {'a': '.', 'b': 'lib'}\n"
        "for folder in FOLDERS.values():\n    sys.path.append(folder)\n"
    ),
    "a loop over a list that grows": both(
        "import sys\nfolders = ['.']\nfolders.append('lib')\n"
        "for folder in folders:\n    sys.path.append(folder)\n"
    ),
    "from sys import path": both("from sys import path\npath += ['.', 'lib']\n"),
    "under another name": both("from sys import path as search\nsearch.extend(['.', 'lib'])\n"),
    "sys under another name": both("import sys as s\ns.path.extend(['.', 'lib'])\n"),
    "a name for the search path": both("import sys\npath = sys.path\npath.extend(['.', 'lib'])\n"),
    "a name for a method": Form(
        "import sys\nadd = sys.path.append\nadd('.')\nadd('lib')\n", (("",), ("lib",))
    ),
    "__import__": both("__import__('sys').path.extend(['.', 'lib'])\n"),
    "import_module": both(
        "import importlib\nimportlib.import_module('sys').path.extend(['.', 'lib'])\n"
    ),
    "getattr": both("import sys\ngetattr(sys, 'path').extend(['.', 'lib'])\n"),
    "assigned in front": both("import sys\nsys.path = ['.', 'lib'] + sys.path\n"),
    "assigned behind": both("import sys\nsys.path = sys.path + ['.', 'lib']\n"),
    "assigned around": both("import sys\nsys.path = ['.'] + sys.path + ['lib']\n"),
    "unpacked": both("import sys\nsys.path = ['.', 'lib', *sys.path]\n"),
    "without doubles": both(
        "import sys\nsys.path = list(dict.fromkeys(['.', 'lib'] + sys.path))\n"
    ),
    "one entry replaced": Form(
        "import sys\nsys.path[0] = 'lib'\nsys.path.append('.')\n", (("lib",), ("",))
    ),
    "a slice in front": both("import sys\nsys.path[:0] = ['.', 'lib']\n"),
    "a slice behind the first": both("import sys\nsys.path[1:1] = ['.', 'lib']\n"),
    "the whole slice": both("import sys\nsys.path[:] = ['.', 'lib'] + sys.path[:]\n"),
    "augmented": both("import sys\nsys.path += '.', 'lib'\n"),
    "added and taken away": Form(
        f"{HACK_FOR_BOTH}import lib_names\nsys.path.remove('lib')\n",
        (("lib",), ("",), ()),
        "from pipelines.utils import lib_names\n",
    ),
    "popped": Form(
        "import sys\nsys.path.insert(0, 'lib')\nimport lib_names\nsys.path.pop(0)\n"
        "sys.path.insert(0, '.')\n",
        (("lib",), (), ("",)),
        "from pipelines.utils import lib_names\n",
    ),
    "deleted": Form(
        "import sys\nsys.path.insert(0, 'lib')\nimport lib_names\ndel sys.path[0]\n"
        "sys.path.append('.')\n",
        (("lib",), (), ("",)),
        "from pipelines.utils import lib_names\n",
    ),
    "reversed": Form(f"{HACK_FOR_BOTH}sys.path.reverse()\n", (("lib",), ("",), ())),
    "kept and restored": Form(
        "import sys\nbefore = sys.path[:]\nsys.path.append('lib')\nimport lib_names\n"
        "sys.path = before\nsys.path.append('.')\n",
        (("lib",), (), ("",)),
        "from pipelines.utils import lib_names\n",
    ),
    "filtered": Form(
        f"{HACK_FOR_BOTH}sys.path = [p for p in sys.path if not p.endswith('.egg')]\n",
        (("lib",), ("",), ()),
    ),
    "addsitedir": Form(
        "import site\nsite.addsitedir('.')\nsite.addsitedir('lib')\n", (("",), ("lib",))
    ),
    "from site import": Form(
        "from site import addsitedir\naddsitedir('.')\naddsitedir('lib')\n", (("",), ("lib",))
    ),
    "the environment": Form(
        f"{HACK_FOR_BOTH}import os\nos.environ['PYTHONPATH'] = 'lib:.'\n",
        (("lib",), ("",), ("lib", "")),
    ),
    "the environment, added to": Form(
        f"{HACK_FOR_BOTH}import os\nos.environ['PYTHONPATH'] = "
        "'lib' + os.pathsep + os.environ.get('PYTHONPATH', '')\n",
        (("lib",), ("",), ("lib",)),
    ),
    "the environment, augmented": Form(
        f"{HACK_FOR_BOTH}import os\nos.environ.setdefault('PYTHONPATH', '.')\n"
        "os.environ['PYTHONPATH'] += os.pathsep + 'lib'\n",
        (("lib",), ("",), ("",), ("lib",)),
    ),
    "the environment, updated": Form(
        f"{HACK_FOR_BOTH}import os\nos.environ.update(PYTHONPATH='lib')\n"
        "os.environ.update({'PYTHONPATH': os.pathsep.join(['.', 'lib'])})\n"
        "os.putenv('PYTHONPATH', f'lib{os.pathsep}.')\n",
        (("lib",), ("",), ("lib",), ("", "lib"), ("lib", "")),
    ),
    "a helper": Form(
        f"{WITH_PATH}\n\ndef add(name):\n    sys.path.append(str({UP} / name))\n\n\n"
        "add('.')\nadd('lib')\n\n",
        (("", "lib"),),
    ),
    "a helper with a default": Form(
        "import sys\n\n\ndef add(name='.', *, first=False):\n    if name not in sys.path:\n"
        "        sys.path.append(name)\n\n\nadd()\nadd('lib', first=True)\n\n",
        (("", "lib"),),
    ),
    "a helper with any number of folders": Form(
        'import sys\n\n\ndef add(*names):\n    """Add folders."""\n    for name in names:\n'
        "        sys.path.append(name)\n\n\nadd('.', 'lib')\n\n",
        (("", "lib"),),
    ),
    "a helper that calls a helper": Form(
        f"{WITH_PATH}\n\ndef root():\n    return {UP}\n\n\ndef add(name):\n"
        "    sys.path.append(str(root() / name))\n\n\ndef prepare():\n    add('.')\n"
        "    add('lib')\n\n\nprepare()\n",
        (("", "lib"),),
        "def prepare():\n    pass\n\n\nprepare()\n",
    ),
    "a helper that gives the root": Form(
        f"{WITH_PATH}\n\ndef add():\n    root = {UP}\n    sys.path[:0] = [str(root), 'lib']\n"
        "    return root\n\n\nprint(add().is_dir())\n",
        (("", "lib"),),
        "from pathlib import Path\n\n\ndef add():\n    root = Path(__file__).resolve().parents[3]\n"
        "    return root\n\n\nprint(add().is_dir())\n",
    ),
    "a context manager": Form(
        "import sys\nfrom contextlib import contextmanager\n\n\n@contextmanager\ndef found(name):\n"
        "    sys.path.insert(0, name)\n    yield\n    sys.path.remove(name)\n\n\n"
        "with found('lib'):\n    import lib_names\nwith found('.'):\n    from utils import db\n",
        (("", "lib"), ()),
        "from contextlib import contextmanager\n\n\n@contextmanager\ndef found(name):\n"
        "    yield\n\n\nwith found('lib'):\n    from pipelines.utils import lib_names\n"
        "with found('.'):\n    from pipelines.utils import db\n",
    ),
    "in a try": both(
        "import sys\ntry:\n    sys.path.extend(['.', 'lib'])\nexcept Exception:\n    pass\n"
    ),
    "in a try that reports": both(
        "import sys\ntry:\n    sys.path.extend(['.', 'lib'])\nexcept OSError as problem:\n"
        "    print(problem)\n",
        "try:\n    pass\nexcept OSError as problem:\n    print(problem)\n",
    ),
    "behind a root that a try finds": Form(
        WITH_PATH + f"try:\n    # As a script\n    root = {UP}\nexcept NameError:\n"
        "    # In a console\n    root = Path.cwd()\n\nsys.path.append(str(root))\n"
        "sys.path.append(str(root / 'lib'))\n",
        (("",), ("lib",)),
    ),
    "in a loop whose name other loops and functions have": Form(
        "import sys\nfor path in ['.', 'lib']:\n    if path not in sys.path:\n"
        "        sys.path.append(path)\n\n\ndef shown(path):\n    return len(path)\n\n\n"
        "for path in ('ab', 'c'):\n    print(path, shown(path))\n",
        (("", "lib"),),
        "def shown(path):\n    return len(path)\n\n\n"
        "for path in ('ab', 'c'):\n    print(path, shown(path))\n",
    ),
    "in a loop whose name is used after it": Form(
        "import sys\nfor path in ['.', 'lib']:\n    sys.path.append(path)\nprint(path)\n",
        (("", "lib"),),
        "for path in ['.', 'lib']:\n    pass\nprint(path)\n",
    ),
    "in an except": Form(
        "import sys\ntry:\n    import lib_names\nexcept ImportError:\n    sys.path.append('lib')\n"
        "    import lib_names\nsys.path.append('.')\n",
        (("lib",), ("",)),
        "try:\n    from pipelines.utils import lib_names\nexcept ImportError:\n"
        "    from pipelines.utils import lib_names\n",
    ),
    "under a main guard": both(
        "import sys\nif __name__ == '__main__':\n    sys.path.extend(['.', 'lib'])\n"
    ),
    "without a package": both(
        "import sys\nif not __package__:\n    sys.path.extend(['.', 'lib'])\n"
    ),
    "in a with": both(
        "import sys, contextlib\nwith contextlib.suppress(OSError):\n"
        "    sys.path.extend(['.', 'lib'])\n"
    ),
    "a conditional expression": Form(
        "import sys\nsys.path.append('.') if '.' not in sys.path else None\n"
        "'lib' not in sys.path and sys.path.append('lib')\n",
        (("",), ("lib",)),
    ),
    "a walrus in the guard": Form(
        f"{WITH_PATH}if (root := str({UP})) not in sys.path:\n    sys.path.append(root)\n"
        "sys.path.append('lib')\n",
        (("",), ("lib",)),
    ),
    "relative to another folder": Form(
        f"{WITH_OS}os.chdir({HERE})\nsys.path.append('..')\nsys.path.append('../lib')\n",
        (("",), ("lib",)),
        f"import os\nos.chdir({HERE})\n",
    ),
    "the folder that was changed to": Form(
        f"{WITH_OS}os.chdir('data')\nsys.path.append(os.path.dirname(os.getcwd()))\n"
        "sys.path.append(os.path.join(os.pardir, 'lib'))\n",
        (("",), ("lib",)),
        "import os\nos.chdir('data')\n",
    ),
    "a folder that is changed to later": Form(
        f"{WITH_OS}sys.path.append('.')\nsys.path.append('db')\nos.chdir('data')\n"
        "sys.path += [os.path.abspath('..'), '../lib']\n",
        (("", "data"), ("db", "data/db"), ("", "lib")),
        "import os\nos.chdir('data')\n",
    ),
    "percent": Form(
        f"{WITH_OS}ROOT = {ROOT}\nsys.path.append('%s' % ROOT)\n"
        "sys.path.append('%s/%s' % (ROOT, 'lib'))\n",
        (("",), ("lib",)),
    ),
    "a sum and a format": Form(
        f"{WITH_OS}ROOT = {ROOT}\nsys.path.append(ROOT + '/lib')\n"
        "sys.path.append('{}/{up}'.format(ROOT, up='.'))\n",
        (("lib",), ("",)),
    ),
    "a formatted text": both(f"{WITH_OS}R = {ROOT}\nsys.path += [f'{{R}}', f'{{R}}/lib']\n"),
    "parts joined": both(
        f"{WITH_OS}parts = os.path.abspath(__file__).split(os.sep)[:-2]\n"
        "sys.path += [os.sep.join(parts), '/'.join(parts + ['lib'])]\n"
    ),
    "split from the right": both(
        "import os, sys\nR = os.path.abspath(__file__).rsplit('/', 2)[0]\n"
        "sys.path += [R, R + '/lib']\n"
    ),
    "parts of a path": both(
        f"{WITH_PATH}R = Path(*Path(__file__).resolve().parts[:-2])\n"
        "sys.path += [str(R), str(R.joinpath('lib'))]\n"
    ),
    "a slice of parents": Form(
        f"{WITH_PATH}for p in Path(__file__).resolve().parents[:2]:\n"
        "    sys.path.append(str(p))\nsys.path.append('lib')\n",
        (("scripts", ""), ("lib",)),
    ),
    "inspect": Form(
        "import inspect, os, sys\nR = os.path.abspath(inspect.getfile(inspect.currentframe()))\n"
        "sys.path.append(os.path.dirname(os.path.dirname(R)))\nsys.path.append('lib')\n",
        (("",), ("lib",)),
    ),
    "the first argument": Form(
        "import os, sys\nR = os.path.dirname(os.path.dirname(os.path.abspath(sys.argv[0])))\n"
        "sys.path.append(R)\nsys.path.append(os.path.join(R, 'lib'))\n",
        (("",), ("lib",)),
    ),
    "os.path.split": Form(
        f"{WITH_OS}R, name = os.path.split({HERE})\nsys.path.append(R)\nsys.path.append('lib')\n",
        (("",), ("lib",)),
    ),
    "two names at once": Form(
        "import sys\nA, B = '.', 'lib'\nsys.path.append(A)\nsys.path.append(B)\n",
        (("",), ("lib",)),
    ),
    "a loop upwards": Form(
        f"{WITH_OS}root = {HERE}\nwhile not os.path.exists(os.path.join(root, 'Makefile')):\n"
        "    root = os.path.dirname(root)\nsys.path.append(root)\nsys.path.append('lib')\n",
        (("",), ("lib",)),
    ),
    "a search among parents": Form(
        f"{WITH_PATH}for folder in Path(__file__).resolve().parents:\n"
        "    if (folder / 'Makefile').exists():\n        root = folder\n        break\n"
        "sys.path.append(str(root))\nsys.path.append(str(root / 'lib'))\n",
        (("",), ("lib",)),
    ),
}

UNCLEAR = {
    "the environment": "import os, sys\nsys.path.append(os.environ['TOOLS'])\n",
    "a default": "import os, sys\nsys.path.append(os.getenv('TOOLS', 'lib'))\n",
    "the home folder": f"{WITH_PATH}sys.path.append(str(Path.home() / 'lib'))\n",
    "a tilde": "import os, sys\nsys.path.append(os.path.expanduser('~/lib'))\n",
    "git": "import subprocess, sys\nsys.path.append(subprocess.getoutput('git rev-parse'))\n",
    "an argument": "import os, sys\nsys.path.append(os.path.abspath(sys.argv[-1]))\n",
    "a folder's content": "import os, sys\nfor n in os.listdir('.'):\n    sys.path.append(n)\n",
    "an unknown current folder": (
        "import os, sys\nos.chdir(os.environ['W'])\nsys.path.append('.')\n"
    ),
    "a rotation": "import sys\nsys.path.append(sys.path.pop(0))\n",
    "a lambda": "import sys\nadd = lambda p: sys.path.insert(0, p)\nadd('lib')\n",
    "more than one variable": "import os\nos.environ.update(PYTHONPATH='lib', MODE='x')\n",
    "code in a text": "import sys\nexec(\"sys.path.append('lib')\")\n",
    "a helper that is handed on": (
        "import sys\n\n\ndef add(p):\n    sys.path.append(p)\n\n\nlist(map(add, sys.argv[9:]))\n"
    ),
    "a helper called with something unknown": (
        "import sys\n\n\ndef add(p):\n    sys.path.append(p)\n\n\nadd('lib')\nadd(sys.prefix)\n"
    ),
    "another thing at once": "import sys\nx = sys.path[0] = 'lib'\n",
    "a method mapped": "import sys\nlist(map(sys.path.append, ['lib']))\n",
    "a condition that does something": ("import sys\nprint('asked') or sys.path.append('lib')\n"),
    "an index that does something": "import sys\nsys.path.pop(len(sys.stdin.read()))\n",
    "outside": "import sys\nsys.path.append('/opt/tools')\n",
    "a path in a loop that is left early": (
        "import sys\nfor p in ['lib', sys.prefix]:\n    sys.path.append(p)\n"
    ),
}

UNTOUCHED = {
    "reading the search path": "import sys\nprint(len(sys.path) > 0, 'lib' in sys.path)\n",
    "a copy": "import sys\nfolders = list(sys.path)\nfolders.append('lib')\nprint(folders[-1])\n",
    "another path": "import os\npath = ['a']\npath.append('lib')\nprint(path, os.sep)\n",
    "a parameter": "def f(path):\n    path.append('x')\n    return path\n\n\nprint(f([]))\n",
    "another variable": (
        "import os\nos.environ['PATHS'] = 'lib'\nos.environ.update(MODE='x')\n"
        "print(os.environ['MODE'])\n"
    ),
    "another object": "class Job:\n    path = []\n\n\nJob.path.append('lib')\nprint(Job.path)\n",
    "the current folder": "import os\nos.chdir('data')\nprint(os.path.basename(os.getcwd()))\n",
    "a name bound twice": (
        "from sys import path\n\nprint(len(path) > 0)\nfor path in (['a'], ['b']):\n"
        "    path.append('lib')\n    print(path)\n"
    ),
    "a text about it": "print('sys.path.append(\"lib\")', 'PYTHONPATH')\n",
}


def place(name: str) -> str:
    """Return where the script of a form stands."""
    return f"scripts/{re.sub('[^a-z]+', '_', name.lower()).strip('_')}.py"


def script(form: Form) -> str:
    needed = "".join(line for line in FOUND.splitlines(True) if line.strip() not in form.code)
    return form.code + needed + USES


SCRIPTS = {
    **{place(f"form {name}"): script(form) for name, form in FORMS.items()},
    **{place(f"unclear {name}"): code for name, code in UNCLEAR.items()},
    **{place(f"untouched {name}"): code for name, code in UNTOUCHED.items()},
}

FILES = {
    "Makefile": "run:\n" + "".join(f"\tpython {path}\n" for path in SCRIPTS),
    "lib/lib_names.py": "N = 'lib'\n",
    "utils/db.py": "NAME = 'db'\n",
    "data/orders.csv": "a,b\n",
    **SCRIPTS,
}


@pytest.fixture(scope="module")
def migrated() -> Migration:
    return migrate_files(FILES)


def after(migrated: Migration, name: str) -> str:
    return text_after(migrated, f"src/pipelines/{place(name)}")


@pytest.mark.parametrize("name", FORMS)
def test_what_a_hack_adds(migrated: Migration, name: str) -> None:
    hacks = migrated.inventory.python[place(f"form {name}")].hacks
    assert tuple(hack.folders for hack in hacks) == FORMS[name].folders


@pytest.mark.parametrize("name", FORMS)
def test_what_is_left_of_a_hack(migrated: Migration, name: str) -> None:
    left = FORMS[name].left
    needed = ("from pipelines.utils import lib_names\n", "from pipelines.utils import db\n")
    rest = "".join(line for line in needed if line.strip() not in left)
    assert after(migrated, f"form {name}") == left + rest + USES


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_cannot_be_told_stays_and_is_a_finding(migrated: Migration, name: str) -> None:
    before = UNCLEAR[name]
    assert after(migrated, f"unclear {name}") == before
    path = f"src/pipelines/{place(f'unclear {name}')}"
    lines = [f.line for f in migrated.plan.findings if f.path == path and "hack" in f.code]
    numbered = enumerate(before.splitlines(), 1)
    marks = ("sys.path.", "sys.path[0] =", "PYTHONPATH")
    assert lines == [n for n, line in numbered if any(mark in line for mark in marks)]


@pytest.mark.parametrize("name", UNTOUCHED)
def test_code_that_only_looks_like_a_hack_stays(migrated: Migration, name: str) -> None:
    assert after(migrated, f"untouched {name}") == UNTOUCHED[name]
    assert migrated.inventory.python[place(f"untouched {name}")].hacks == ()


def test_the_result_is_proven(migrated: Migration) -> None:
    checks = checks_of(migrated)
    assert checks["code-unchanged"].details == ()
    assert checks["imports-resolve"].details == ()


def test_programs_print_the_same_before_and_after(migrated: Migration, tmp_path: Path) -> None:
    names = [*(f"form {n}" for n in FORMS), *(f"untouched {n}" for n in UNTOUCHED)]
    trees = {"before": migrated.before, "after": migrated.after}
    for folder, tree in trees.items():
        build_tree(tmp_path / folder, {path: tree.read(path) for path in tree})
    before = printed(tmp_path / "before", [place(name) for name in names])
    now = printed(tmp_path / "after", [f"src/pipelines/{place(name)}" for name in names])
    assert dict(zip(names, now, strict=True)) == dict(zip(names, before, strict=True))
    assert all(before)


def printed(folder: Path, scripts: list[str]) -> list[str]:
    """Start each script from the root of a repository and return what it prints."""
    runs = []
    for path in scripts:
        command = [sys.executable, "-B", "-S", path]
        environment = {"PYTHONPATH": str(folder / "src")}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (path, done.stderr)
        runs.append(done.stdout)
    return runs
