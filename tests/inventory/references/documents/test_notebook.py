"""Notebooks: magics, commands and links of Markdown cells follow; everything else stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrations import checks_of, evidence_of, migrate_files
from references import followed
from relayout.inventory.references.documents.notebook import read_notebook
from relayout.tree import Tree
from relayout.verification import verify

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "jobs/run.py": "src/pkg/run.py",
}
STAYS = ("config/a.yaml", "jobs/notes.txt", "requirements.txt")


def notebook(*cells: tuple[str, str], as_text: bool = False) -> str:
    made = [
        {"cell_type": kind, "source": source if as_text else source.splitlines(keepends=True)}
        for kind, source in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4}, indent=1) + "\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("%run ../utils/load.py --x", "%run ../src/pkg/utils/load.py --x"),
        ("%run -i '../utils/load.py'", "%run -i '../src/pkg/utils/load.py'"),
        ("%run ../utils/load", "%run ../src/pkg/utils/load"),
        ("%run -m utils.load", "%run -m pkg.utils.load"),
        ("%load -r 1-9 ../utils/load.py", "%load -r 1-9 ../src/pkg/utils/load.py"),
        ("%load_ext utils.load", "%load_ext pkg.utils.load"),
        ("!python ../utils/load.py", "!python -m pkg.utils.load"),
        ('!python "../utils/load.py"', '!python "../src/pkg/utils/load.py"'),
        ("!python '../utils/load.py'", "!python -m pkg.utils.load"),
        ("!!cat ../utils/db.py", "!!cat ../src/pkg/utils/db.py"),
        ("found = !cat ../utils/db.py", "found = !cat ../src/pkg/utils/db.py"),
        ("if x:\n    !cat ../utils/db.py", "if x:\n    !cat ../src/pkg/utils/db.py"),
        ("!python ../utils/load.py \\\n  --sql ../utils/db.py",
         "!python -m pkg.utils.load \\\n  --sql ../src/pkg/utils/db.py"),
        ("%cd ..\n!cat utils/db.py", "%cd ..\n!cat src/pkg/utils/db.py"),
        ("%cd ../utils\n!cat db.py ../config/a.yaml",
         "%cd ../src/pkg/utils\n!cat db.py ../../../config/a.yaml"),
        ("%%bash\ncd ..\npython utils/load.py", "%%bash\ncd ..\npython -m pkg.utils.load"),
        ("%%bash\ncd ../utils\n", "%%bash\ncd ../src/pkg/utils\n"),
        ("%%script bash -e\ncat ../utils/db.py", "%%script bash -e\ncat ../src/pkg/utils/db.py"),
        ("%%writefile ../utils/db.py\nimport x", "%%writefile ../src/pkg/utils/db.py\nimport x"),
        ("%%time\n%run ../utils/load.py", "%%time\n%run ../src/pkg/utils/load.py"),
        ("ls ../utils", "ls ../src/pkg/utils"),
        ("print('é\\t')\n!cat ../utils/db.py", "print('é\\t')\n!cat ../src/pkg/utils/db.py"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_text", [False, True])
def test_a_code_cell_follows(before: str, after: str, as_text: bool) -> None:
    text, about = followed(
        "notebooks/a.ipynb", notebook(("code", before), as_text=as_text), MOVES, STAYS
    )
    assert (text, about) == (notebook(("code", after), as_text=as_text), [])


@pytest.mark.parametrize(
    "code",
    [
        "open('../utils/db.py')",
        "# %run ../utils/load.py",
        "text = '''\n!cat ../utils/db.py\n'''",
        "%timeit load('../utils/db.py')",
        "%%html\n<a href='../utils/db.py'>",
        "%%python\nopen('../utils/db.py')",
        "%store utils\n%env X=../utils/db.py",
        "!cat {folder}/utils/db.py $folder/db.py",
        "%cd {folder}\n!cat utils/db.py",
        "import os\nos.chdir('..')\n!cat utils/db.py",
        "!cat ../config/a.yaml && echo ../utils/db.py",
        "!pip install -r ../requirements.txt",
        "db?",
        "%run https://host/utils/load.py",
    ],
)
def test_what_names_nothing_that_moved_is_left(code: str) -> None:
    text = notebook(("code", code))
    assert followed("notebooks/a.ipynb", text, MOVES, STAYS) == (text, [])


def test_links_of_markdown_cells_follow_and_outputs_stay() -> None:
    cells = (
        ("markdown", "# A\n[db](../utils/db.py#L1) `utils/db.py`\n![x](attachment:utils/db.py)\n"),
        ("raw", "[db](../utils/db.py)"),
    )
    text = notebook(*cells).replace('"raw"', '"raw", "outputs": ["../utils/db.py"]')
    after = text.replace(
        "(../utils/db.py#L1) `utils/", "(../src/pkg/utils/db.py#L1) `src/pkg/utils/"
    )
    assert followed("notebooks/a.ipynb", text, MOVES, STAYS) == (after, [])


def test_a_notebook_that_moves_leads_where_it_led() -> None:
    moves = {**MOVES, "a.ipynb": "notebooks/a.ipynb"}
    before = notebook(("code", "%cd config\n!cat a.yaml"), ("markdown", "[n](jobs/notes.txt)"))
    after = notebook(("code", "%cd ../config\n!cat a.yaml"), ("markdown", "[n](../jobs/notes.txt)"))
    assert followed("a.ipynb", before, moves, STAYS) == (after, [])


def test_a_kernel_may_start_in_the_root() -> None:
    before = notebook(("code", "!cat utils/db.py config/a.yaml"))
    after = notebook(("code", "!cat src/pkg/utils/db.py config/a.yaml"))
    assert followed("notebooks/a.ipynb", before, MOVES, STAYS) == (after, [])


def test_imports_and_magics_of_one_cell_are_both_rewritten() -> None:
    code = "import sys\nsys.path.append('..')\nfrom utils.db import who\n%run ../utils/db.py\nwho()"
    files = {
        "Makefile": "a:\n\tpython -m jobs.run\n",
        "jobs/run.py": "import utils.db\n",
        "utils/db.py": "def who(): ...\n",
        "notebooks/a.ipynb": "\ufeff" + notebook(("code", code), ("markdown", "`utils/db.py`")),
    }
    migration = migrate_files(files)
    after = "from pipelines.utils.db import who\n%run ../src/pipelines/utils/db.py\nwho()"
    expected = notebook(("code", after), ("markdown", "`src/pipelines/utils/db.py`"))
    assert migration.after.read("notebooks/a.ipynb").decode() == f"\ufeff{expected}"
    assert {name for name, c in checks_of(migration).items() if not c.passed} == {"layout-rules"}
    assert [f for f in migration.plan.findings if f.path == "notebooks/a.ipynb"] == []


@pytest.mark.parametrize(
    ("old", "new", "failing"),
    [
        ("%run ../src/pipelines/utils/db.py", "%run ../jobs/db.py", "code-unchanged"),
        ("%run ../src/pipelines/utils/db.py", "%run ../jobs/db.py", "references-resolve"),
        ("[db](../src/pipelines/utils/db.py)", "[db](../utils/db.py)", "references-resolve"),
        ("%cd -q ..", "%cd -q .", "code-unchanged"),
    ],
)
def test_checks_see_what_is_wrong_with_a_reference(old: str, new: str, failing: str) -> None:
    cells = (("code", "%run ../utils/db.py\n%cd -q .."), ("markdown", "[db](../utils/db.py)"))
    files = {
        "Makefile": "a:\n\tpython -m utils.db\n",
        "utils/db.py": "print(1)\n",
        "notebooks/a.ipynb": notebook(*cells),
    }
    migration = migrate_files(files)
    assert checks_of(migration)[failing].passed
    contents = {p: migration.after.read(p) for p in migration.after}
    assert contents["notebooks/a.ipynb"].count(old.encode()) == 1
    contents["notebooks/a.ipynb"] = contents["notebooks/a.ipynb"].replace(
        old.encode(), new.encode()
    )
    outcomes = {c.name: c for c in verify(evidence_of(migration, Tree.of(contents)))}
    assert not outcomes[failing].passed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"cells": 1}',
        '{"cells": [1, {"cell_type": "markdown", "source": 1}, {"cell_type": "code"}]}',
        '{"cells": [{"cell_type": "markdown", "source": ["a", 1]}]}',
        '{"cells": [{"cell_type": "code", "source": "!cat utils/db.py"',
        "[" * 5000,
        "\ud800",
    ],
)
def test_what_is_no_notebook_names_nothing(text: str) -> None:
    assert list(read_notebook(text, "a.ipynb", Tree.of({"utils/db.py": ""}))) == []


_PARTS = st.sampled_from(
    [
        "!", "%", "%%", "run ", "cd ", "cat ", "python ", "bash", "\n", "\r\n", "\\", '"', "'",
        "../", "utils/db.py", "utils", " ", "x = ", "é", "\U0001f600", "\t", "{x}", "$x", "&& ",
        "(", ")", "`",
    ]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=30).map("".join), st.sampled_from(["code", "markdown"]))
def test_of_any_cell_nothing_but_references_changes(source: str, kind: str) -> None:
    text = notebook((kind, source))
    for found in read_notebook(text, "notebooks/a.ipynb", Tree.of(dict.fromkeys(MOVES, ""))):
        assert text[found.start : found.end] == found.text
