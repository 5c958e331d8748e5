"""What importing from an old path does, in programs that really run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from relayout.conversions.shims.texts import support_text
from shim_trees import run, shimmed, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(shimmed().tree, tmp_path_factory.mktemp("shop"))


def ends(folder: Path, program: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program, which asserts what has to be; return what it prints."""
    done = run(folder, "-W", "ignore::ImportWarning", "-c", program, **variables)
    assert done.returncode == 0, done.stderr
    return done


PROGRAMS = {
    "a plain module is the very module": """
import shop.defs.orders, shop.assets.raw
assert shop.defs.orders is shop.assets.raw
""",
    "from the folder": """
from shop.defs import orders as old
from shop.assets import raw
assert old is raw
""",
    "under another name": """
import shop.defs.orders as old
import shop.assets.raw as new
assert old is new and old._tax is new._tax
""",
    "by a string": """
import importlib
assert importlib.import_module("shop.defs.orders") is importlib.import_module("shop.assets.raw")
""",
    "with a star": """
from shop.defs.orders import *
assert Order.__module__ == "shop.assets.raw" and dumps
assert "_tax" not in globals() and "forward" not in globals()
""",
    "isinstance": """
from shop.defs.orders import Order
import shop.assets.raw
assert isinstance(shop.assets.raw.Order(), Order)
""",
    "reload": """
import importlib, shop.defs.orders as old, shop.assets.raw as new
assert importlib.reload(old) is new
""",
    "what is pickled under the old path": """
import pickle, shop.assets.raw
assert pickle.loads(b"cshop.defs.orders\\nOrder\\n.") is shop.assets.raw.Order
""",
    "source and annotations": """
import inspect, typing, shop.defs.orders as old
assert "return _tax()" in inspect.getsource(old)
assert typing.get_type_hints(old.total) == {}
""",
    "a patch is seen by the code": """
from unittest import mock
import shop.defs.orders as old
with mock.patch("shop.defs.orders._tax", lambda: 10):
    assert old.total() == 11
assert old.total() == 3
""",
    "by several threads": """
import threading
found = []
def ask():
    from shop.defs.orders import total
    from shop.defs.jobs import daily, clean
    found.append((total(), daily()))
threads = [threading.Thread(target=ask) for _ in range(20)]
[t.start() for t in threads]
[t.join() for t in threads]
assert found == [(3, "clean!")] * 20, found
""",
    "a split module has all its names": """
import shop.defs.jobs as old
from shop.jobs import jobs, schedules
from shop.utils import clean
assert old.jobs is jobs.jobs and old.daily is schedules.daily and old.clean is clean.clean
assert old.json is jobs.json
assert {"jobs", "daily", "clean", "json"} <= set(dir(old)) and not hasattr(old, "forward")
assert old.__name__ == "shop.defs.jobs" and old.__spec__.name == old.__name__
""",
    "a split module with a star": """
from shop.defs.jobs import *
names = {n for n in dir() if not n.startswith("_")}
assert names == {"json", "clean", "jobs", "daily"}, names
""",
    "a patch of a split module reaches all parts, and is undone": """
from unittest import mock
import shop.defs.jobs as old
import shop.utils.clean, shop.jobs.jobs
for patch in (
    mock.patch("shop.defs.jobs.clean", lambda: "fake"),
    mock.patch.object(old, "clean", lambda: "fake"),
):
    with patch:
        assert (old.jobs(), old.daily(), old.clean()) == ("fake", "fake!", "fake")
        assert shop.utils.clean.clean() == "fake"
    assert (old.jobs(), old.daily(), old.clean()) == ("clean", "clean!", "clean")
    assert shop.jobs.jobs.clean is shop.utils.clean.clean
""",
    "pytest's monkeypatch": """
import pytest, shop.defs.jobs as old
patch = pytest.MonkeyPatch()
patch.setattr("shop.defs.jobs.clean", lambda: "fake")
assert old.daily() == "fake!"
patch.undo()
assert old.daily() == "clean!"
patch.delattr(old, "clean")
assert not hasattr(old, "clean")
patch.undo()
assert (old.daily(), old.jobs()) == ("clean!", "clean")
patch.setattr(old, "new", 1, raising=False)
assert old.new == 1
patch.undo()
assert not hasattr(old, "new")
""",
    "names that are added later": """
import shop.defs.jobs as old, shop.jobs.jobs as new, shop.jobs.schedules as further
old.extra = 1
further.later = 2
assert new.extra == 1 and old.later == 2 and vars(old)["later"] == 2
del old.later
assert not hasattr(further, "later")
try:
    del old.later
except AttributeError:
    pass
else:
    raise AssertionError
""",
    "a split module is loaded anew": """
import importlib, shop.defs.jobs as old, shop.jobs.schedules as new
first = new.daily
assert importlib.reload(old) is old
assert new.daily is not first and old.daily is new.daily
""",
    "a name that is not there": """
import shop.defs.jobs as old
try:
    from shop.defs.jobs import nothing
except ImportError as error:
    assert "nothing" in str(error) and "shop.defs.jobs" in str(error)
else:
    raise AssertionError
try:
    old.nothing
except AttributeError as error:
    assert str(error) == "module 'shop.defs.jobs' has no attribute 'nothing'"
""",
    "a package that has moved keeps its names and its submodules": """
from shop.defs import jobs, VERSION
import shop.defs, shop.utils.defs
assert callable(jobs) and VERSION == 3
import shop.defs.jobs
assert shop.defs.jobs.daily() == "clean!"
assert shop.utils.defs.jobs is jobs
shop.defs.VERSION = 4
assert shop.utils.defs.VERSION == 4
""",
    "a module whose name a package has now": """
import sys
import shop.resources
assert "shop.resources.resources" not in sys.modules
from shop.resources import HOST, _port, url
import shop.resources.resources as new
assert new.url is url and shop.resources.resources is new
shop.resources.HOST = "other"
assert url() == "other"
from shop.resources import *
assert HOST == "other"
star = {}
exec("from shop.resources import *", star)
assert {n for n in star if not n.startswith("_")} == {"HOST", "url"}
assert "resources" in dir(shop.resources)
""",
}


@pytest.mark.parametrize("what", sorted(PROGRAMS))
def test_programs_that_import_from_old_paths(folder: Path, what: str) -> None:
    ends(folder, PROGRAMS[what])


def test_what_asks_for_a_module_twice_is_warned_once_at_its_own_line(folder: Path) -> None:
    program = (
        "import warnings\nwarnings.simplefilter('always')\n\n"
        "from shop.defs.orders import total\nimport shop.defs.orders\n"
    )
    (folder / "asks.py").write_text(program, encoding="utf-8")
    done = run(folder, "asks.py")
    first, second = [line for line in done.stderr.splitlines() if "Deprecation" in line]
    where = f"{folder / 'asks.py'}:4: DeprecationWarning: Moved module: "
    assert first == f"{where}shop.defs is shop.utils.defs now; version 0.4.0 removes the old path"
    assert second.startswith(f"{where}shop.defs.orders is shop.assets.raw now; version 0.4.0")


@pytest.mark.parametrize(
    "asks",
    [
        "importlib.import_module('shop.defs.orders')",
        "pkgutil.resolve_name('shop.defs.orders:total')",
        "runpy.run_module('shop.defs.orders')",
        "__import__('shop.defs.orders')",
        "mock.patch('shop.defs.orders.total').start()",
        "from shop.resources import HOST",
        "import shop.resources; shop.resources.HOST",
    ],
)
def test_the_warning_is_about_the_line_that_asks(folder: Path, asks: str) -> None:
    program = (
        "import importlib, pkgutil, runpy, sys, warnings\nfrom unittest import mock\n"
        "with warnings.catch_warnings(record=True) as caught:\n"
        "    warnings.simplefilter('always')\n"
        f"    {asks}\n"
        "moved = [w for w in caught if str(w.message).startswith('Moved module')]\n"
        "assert moved\n"
        "assert {w.lineno for w in moved} == {5}, [(w.filename, w.lineno) for w in moved]\n"
    )
    ends(folder, program)


def test_the_warning_can_be_an_error(folder: Path) -> None:
    for program in ("import shop.defs.orders", "from shop.resources import HOST"):
        done = run(folder, "-c", program, PYTHONWARNINGS="error:Moved module")
        assert "DeprecationWarning: Moved module: shop." in done.stderr
        assert done.returncode == 1
    harmless = "import shop.assets.raw, shop.resources.resources, shop.jobs.schedules"
    ends(folder, harmless, PYTHONWARNINGS="error:Moved module")


def test_pytest_can_make_it_an_error(folder: Path) -> None:
    test = folder / "test_old.py"
    test.write_text("def test():\n    from shop.defs.jobs import daily\n", encoding="utf-8")
    settings = ("-p", "no:cacheprovider", "-c", "none.ini")
    (folder / "none.ini").write_text("[pytest]\nfilterwarnings =\n    error:Moved module\n")
    done = run(folder, "-m", "pytest", "-q", *settings, "test_old.py")
    assert "Moved module: shop.defs is" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("started", [("-m", "shop.defs.orders"), ("src/shop/defs/orders.py",)])
def test_an_old_path_still_runs_as_a_program(folder: Path, started: tuple[str, ...]) -> None:
    done = run(folder, *started, PYTHONPATH=str(folder / "src"))
    assert (done.returncode, done.stdout) == (0, "total 3\n"), done.stderr
    assert "Moved module: " in done.stderr


def test_a_file_that_is_loaded_by_its_path_has_the_same_objects(folder: Path) -> None:
    program = """
import importlib.util, runpy, shop.assets.raw, shop.jobs.schedules
def load(path):
    spec = importlib.util.spec_from_file_location("loaded", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
assert load("src/shop/defs/orders.py").Order is shop.assets.raw.Order
assert load("src/shop/defs/jobs.py").daily is shop.jobs.schedules.daily
assert runpy.run_path("src/shop/defs/orders.py")["total"]() == 3
"""
    ends(folder, program)


def test_a_module_is_found_while_it_is_being_loaded_from_the_old_path(tmp_path: Path) -> None:
    tree = shimmed().tree.with_content(
        {
            "src/shop/assets/raw.py": b"FIRST = 1\nimport outside\nLAST = 2\n",
            "src/outside.py": b"from shop.defs.orders import FIRST\nimport shop.defs.orders as o\n"
            b"def last():\n    return o.LAST\n",
        }
    )
    ends(write(tree, tmp_path), "import shop.defs.orders, outside; assert outside.last() == 2")


def test_an_old_path_fails_as_its_new_one_does(tmp_path: Path) -> None:
    tree = shimmed().tree.with_content({"src/shop/assets/raw.py": b"import nothing_of_that_name\n"})
    done = run(write(tree, tmp_path), "-c", "import shop.defs.orders")
    assert "No module named 'nothing_of_that_name'" in done.stderr


def test_the_support_module_is_as_old_pythons_have_it() -> None:
    """Python 3.9 is the oldest that repositories still say they need."""
    import ast

    ast.parse(support_text(), feature_version=(3, 9))
