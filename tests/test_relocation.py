"""Moves within a layout: files stand elsewhere, what names them follows, and nothing else does."""

from __future__ import annotations

from relayout.conversions.shims.texts import shim_text, support_text
from relayout.planning.homes import Home
from relayout.planning.split import Part, Split
from relayout.relocation import Relocated, relocate
from relayout.tree import Tree

HOMES = (Home("shop"),)
FILES = {
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n\n'
    '[project.scripts]\nload = "shop.tools.load:main"\n',
    ".gitignore": "src/shop/tools/cache/\n",
    "Makefile": "load:\n\tpython src/shop/tools/load.py\n",
    "src/shop/__init__.py": "",
    "src/shop/tools/__init__.py": "",
    "src/shop/tools/load.py": "from shop.tools import text\n\n\ndef main():\n"
    "    return text.clean(' a ')\n",
    "src/shop/tools/text.py": "def clean(value):\n    return value.strip()\n\n\ndef upper(value):\n"
    "    return value.upper()\n",
    "src/shop/mine.py": "from shop.tools.text import clean, upper\n",
    "src/shop/apart.py": "import sys\nsys.path.insert(0, 'elsewhere')\nimport json\n",
}


def moved(folder: str, to: str) -> dict[str, str]:
    return {path: f"{to}{path[len(folder) :]}" for path in FILES if path.startswith(f"{folder}/")}


def text(relocated: Relocated, path: str) -> str:
    return relocated.tree.read(path).decode()


def test_what_names_a_moved_folder_follows() -> None:
    done = relocate(Tree.of(FILES), moved("src/shop/tools", "src/shop/library"), HOMES)
    assert text(done, "src/shop/mine.py") == "from shop.library.text import clean, upper\n"
    assert text(done, "src/shop/library/load.py").startswith("from shop.library import text\n")
    assert 'load = "shop.library.load:main"' in text(done, "pyproject.toml")
    assert text(done, "Makefile") == "load:\n\tpython -m shop.library.load\n"
    assert "src/shop/library/cache/" in text(done, ".gitignore").splitlines()
    assert not done.findings


def test_what_has_nothing_to_do_with_the_moves_is_left_alone() -> None:
    tree = Tree.of(FILES)
    done = relocate(tree, moved("src/shop/tools", "src/shop/library"), HOMES)
    assert done.tree["src/shop/apart.py"] == tree["src/shop/apart.py"]


def test_no_move_changes_nothing() -> None:
    tree = Tree.of(FILES)
    assert relocate(tree, {"Makefile": "Makefile"}, HOMES).tree is tree


def test_a_folder_that_no_file_left_is_where_it_was() -> None:
    files = FILES | {"tests/test_all.py": "from pathlib import Path\n\nSRC = Path('src')\n"}
    done = relocate(Tree.of(files), moved("src/shop/tools", "src/shop/library"), HOMES)
    assert text(done, "tests/test_all.py") == files["tests/test_all.py"]
    assert not done.findings


def test_names_that_go_to_a_module_of_their_own_are_asked_of_it() -> None:
    split = Split("src/shop/tools/text.py", "", (Part("src/shop/tools/cases.py", "", ("upper",)),))
    done = relocate(
        Tree.of(FILES), {"src/shop/tools/cases.py": "src/shop/cases.py"}, HOMES, [split]
    )
    assert "def upper" in text(done, "src/shop/cases.py")
    assert "def upper" not in text(done, "src/shop/tools/text.py")
    assert text(done, "src/shop/mine.py").splitlines() == [
        "from shop.tools.text import clean",
        "from shop.cases import upper",
    ]


def test_shims_lead_to_where_their_modules_went_on_to() -> None:
    shim = shim_text("shop._moved", ["shop.tools.text"], "0.3.0", {})
    files = {"src/shop/_moved.py": support_text(), "src/old/text.py": shim}
    tree = Tree.of({**FILES, **files})
    done = relocate(tree, moved("src/shop/tools", "src/shop/library"), HOMES)
    expected = shim_text("shop._moved", ["shop.library.text"], "0.3.0", {})
    assert done.tree.read("src/old/text.py") == expected
    assert not done.findings


def test_prose_that_names_what_moved_follows_beside_code_and_without_it() -> None:
    usage = '"""python -m shop.tools.load, see src/shop/tools."""\n'
    files = {"src/shop/alone.py": usage, "src/shop/both.py": f"{usage}import shop.tools.text\n"}
    done = relocate(Tree.of({**FILES, **files}), moved("src/shop/tools", "src/shop/library"), HOMES)
    for path, before in files.items():
        assert text(done, path) == before.replace("tools", "library")


HACK = "import os\nimport sys\n\nHERE = os.path.dirname(os.path.abspath(__file__))\n"


def test_a_file_that_stays_keeps_its_hacks_and_what_it_finds_by_them() -> None:
    script = f"{HACK}sys.path.insert(0, HERE)\nimport helper\nfrom shop.tools import text\n"
    files = {**FILES, "scripts/run.py": script, "scripts/helper.py": "A = 1\n"}
    done = relocate(Tree.of(files), moved("src/shop/tools", "src/shop/library"), HOMES)
    assert text(done, "scripts/run.py") == script.replace("shop.tools", "shop.library")
    assert not done.findings


def test_a_hack_of_a_file_that_stays_leads_to_where_its_folder_went() -> None:
    into = "sys.path.insert(0, os.path.join(HERE, '..', 'src', 'shop', 'tools'))\nimport text\n"
    files = {**FILES, "scripts/run.py": HACK + into}
    done = relocate(Tree.of(files), moved("src/shop/tools", "src/shop/library"), HOMES)
    changed = text(done, "scripts/run.py")
    assert "library" in changed.split("sys.path.insert", 1)[1].splitlines()[0]
    assert "from shop.library import text" in changed
    assert "tools" not in changed
