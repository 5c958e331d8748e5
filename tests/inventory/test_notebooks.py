"""Facts about notebooks: what they import, where they stand, and what only they can do."""

from __future__ import annotations

import json

import pytest

from relayout.inventory import facts_by_blob, take_inventory
from relayout.inventory.meaning import Status
from relayout.inventory.notebooks import notebooks_of, read_notebook
from relayout.inventory.python import PythonFile
from relayout.tree import REGULAR, SYMLINK, Entry, Tree
from workbench import Content, Files


def notebook(*cells: str) -> str:
    """Return a notebook of these code cells, each line of code on a line of its own."""
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4}, indent=1)


def facts(*cells: str, path: str = "notebooks/a.ipynb", **files: str) -> PythonFile:
    content: Files = {path: notebook(*cells), "Makefile": "", "utils/db.py": "", **files}
    return read_notebook(path, Tree.of(content))


def test_a_notebook_has_the_facts_of_a_module_but_is_no_program() -> None:
    file = facts(
        "import a\nfrom b import c", 'def main():\n    a.run()\nif __name__ == "__main__":'
    )
    assert [str(name) for name in file.imports] == ["import a", "from b import c"]
    file = facts("def main():\n    a.run()\n", 'if __name__ == "__main__":\n    main()', "main()")
    assert file.defines == {"main"}
    assert (file.is_script, file.acts, file.main) == (False, False, None)


def test_lines_are_those_of_the_file() -> None:
    cells = ("%cd ..\nimport a", "import sys\nsys.path.append('x')", "print 1\n")
    lines = notebook(*cells).splitlines()
    file = facts(*cells)
    shown = [lines[file.file_line(name.line) - 1].strip() for name in file.imports]
    assert shown == ['"import a"', '"import sys\\n",']
    shown = [lines[file.file_line(hack.line) - 1].strip() for hack in file.hacks]
    assert shown == ["\"sys.path.append('x')\""]
    assert [lines[line - 1].strip() for line, _ in file.unread] == ['"print 1\\n"']
    assert PythonFile("a.py").file_line(7) == 7


@pytest.mark.parametrize(
    ("cell", "folders"),
    [
        ("sys.path.append('..')", ("",)),
        ("sys.path.append('.')", ("notebooks",)),
        ("sys.path.insert(0, '../utils')", ("utils",)),
        ("sys.path.append(os.path.abspath('..'))", ("",)),
        ("sys.path.append(os.path.join(os.getcwd(), os.pardir))", ("",)),
        ("sys.path.append(str(Path.cwd().parent))", ("",)),
        ("sys.path.append(str(Path().cwd()))", ("notebooks",)),
        ("sys.path.append(str(Path('..').resolve() / 'utils'))", ("utils",)),
        ("sys.path.append(str(Path(__file__).parent))", None),
        ("r = Path(__file__) if '__file__' in globals() else Path('..')\nsys.path += [r]", ("",)),
        ("if '__file__' not in locals():\n    sys.path.append('..')", ("",)),
        ("try:\n    r = Path(__file__)\nexcept NameError:\n    r = '..'\nsys.path += [r]", ("",)),
        ("p = Path()\nwhile not (p / 'utils').exists():\n    p = p / '..'\nsys.path += [p]", ("",)),
        ("os.chdir('..')\nsys.path.append('utils')", ("utils",)),
        ("os.chdir(unknown)\nsys.path.append('utils')", None),
        ("%cd ../utils\nsys.path.append('.')", ("utils",)),
        ("%cd {there}\nsys.path.append('.')", None),
        ("sys.path.append('../..')", None),
    ],
)
def test_path_hacks_count_from_the_notebooks_folder(
    cell: str, folders: tuple[str, ...] | None
) -> None:
    [hack] = facts("import os, sys\nfrom pathlib import Path", cell).hacks
    assert hack.folders == folders


@pytest.mark.parametrize(
    ("cells", "folders"),
    [
        (("import a",), ()),
        (("import os", "os.chdir('..')", "os.getcwd()"), ("",)),
        (("%cd ..", "%cd utils", "x"), ("", "utils")),
        (("import os\nos.chdir('..')\nx", "os.chdir(y)\nx"), ("", None)),
        (("text = 'os.chdir'",), ()),
    ],
)
def test_folders_that_become_the_current_one(
    cells: tuple[str, ...], folders: tuple[str | None, ...]
) -> None:
    assert facts(*cells).goes_to == folders


def test_magics_name_files_and_modules() -> None:
    file = facts("%run ../scripts/load.py --all\n!python -m a.b\n%load_ext ext\n!ls data/x.csv y")
    assert sorted(text for _, text in file.named_in_magics) == [
        "../scripts/load.py",
        "a.b",
        "data/x.csv",
        "ext",
    ]


def test_where_a_notebooks_imports_are_found() -> None:
    files: Files = {
        "notebooks/a.ipynb": notebook("import near, queue, far, fresh", "%cd ../lib"),
        "notebooks/b.ipynb": notebook("import os\nos.chdir('../lib')", "import far, near"),
        "notebooks/near.py": "",
        "notebooks/queue.py": "",
        "notebooks/conftest.py": "",
        "lib/far.py": "",
        "tests/fresh.py": "",
    }
    inventory = take_inventory(Tree.of(files))
    found = {name.module: r.files for name, r in inventory.resolutions("notebooks/a.ipynb")}
    assert found["near"] == ("notebooks/near.py",)
    assert found["queue"] == ()
    assert found["far"] == ()
    found = {name.module: r.files for name, r in inventory.resolutions("notebooks/b.ipynb")}
    assert found["far"] == ("lib/far.py",)


def test_a_hack_in_a_notebook_reaches_the_modules_that_it_imports() -> None:
    files: Files = {
        "notebooks/a.ipynb": notebook("import sys\nsys.path.append('../lib')\nimport one"),
        "lib/one.py": "import two.three\n",
        "lib/two/three.py": "",
    }
    inventory = take_inventory(Tree.of(files))
    [(_, resolution)] = inventory.resolutions("lib/one.py")
    assert resolution.status is Status.RESOLVED
    assert resolution.files == ("lib/two/three.py",)


def test_which_files_are_notebooks() -> None:
    content: dict[str, Content] = {
        "a.ipynb": "",
        "b/c.ipynb": "",
        ".ipynb_checkpoints/a-checkpoint.ipynb": "",
        "b/.ipynb_checkpoints/c-checkpoint.ipynb": "",
        "d.py": "",
        "e.ipynb.txt": "",
    }
    tree = Tree.of(content)
    assert notebooks_of(tree) == {"a.ipynb", "b/c.ipynb"}
    link = Tree({"f.ipynb": Entry("0", SYMLINK), "g.ipynb": Entry("0", REGULAR)}, lambda _: b"")
    assert notebooks_of(link) == {"g.ipynb"}


def test_a_notebook_is_no_module_and_one_that_is_no_notebook_says_so() -> None:
    files: Files = {"a.ipynb": notebook("x = 1"), "b.py": "import a\n", "c.ipynb": "<html>"}
    inventory = take_inventory(Tree.of(files))
    [(_, resolution)] = inventory.resolutions("b.py")
    assert resolution.files == ()
    assert inventory.python["c.ipynb"].error is not None


def test_facts_are_not_carried_where_they_would_be_others() -> None:
    here = take_inventory(Tree.of({"a/x.ipynb": notebook("%cd ..", "x"), "empty.ipynb": ""}))
    files: Files = {"b/c/x.ipynb": notebook("%cd ..", "x"), "b/__init__.py": ""}
    there = take_inventory(Tree.of(files), known=facts_by_blob(here))
    assert there.python["b/c/x.ipynb"].goes_to == ("b",)
    assert here.python["empty.ipynb"].error is not None
    assert there.python["b/__init__.py"].error is None
