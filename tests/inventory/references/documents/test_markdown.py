"""Documents in Markdown: links, images, commands and names of files follow; the rest stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references.documents.markdown import is_markdown, read_markdown
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "main.py": "src/pkg/main.py",
    "tasks/run.py": "src/pkg/run.py",
    "my docs/a b.md": "docs/notes (old)/a b.md",
}
STAYS = ("config/a.yaml", "tasks/notes.txt", "docs/guide.md", "img/x.png")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x](utils/load.py)", "[x](src/pkg/utils/load.py)"),
        ("![i](utils/load.py#L10)", "![i](src/pkg/utils/load.py#L10)"),
        ("[x](./utils/load.py?raw=1#a)", "[x](./src/pkg/utils/load.py?raw=1#a)"),
        ("[x](/utils/load.py)", "[x](/src/pkg/utils/load.py)"),
        ("[x](utils/)", "[x](src/pkg/utils/)"),
        ('[x]( utils/load.py "utils/load.py" )', '[x]( src/pkg/utils/load.py "utils/load.py" )'),
        ("[x](<utils/load.py> 't')", "[x](<src/pkg/utils/load.py> 't')"),
        ("[x](<my docs/a b.md>)", "[x](<docs/notes (old)/a b.md>)"),
        ("[x](my%20docs/a%20b.md)", "[x](docs/notes%20%28old%29/a%20b.md)"),
        ("[![i](img/x.png)](utils/load.py)", "[![i](img/x.png)](src/pkg/utils/load.py)"),
        ("[utils/load.py](utils/load.py)", "[src/pkg/utils/load.py](src/pkg/utils/load.py)"),
        ("[`utils/load.py`](utils/load.py)", "[`src/pkg/utils/load.py`](src/pkg/utils/load.py)"),
        ("[r]: utils/load.py", "[r]: src/pkg/utils/load.py"),
        ("> [r]:\n>   <utils/load.py> 'title'", "> [r]:\n>   <src/pkg/utils/load.py> 'title'"),
        ('<a href="utils/load.py">x</a>', '<a href="src/pkg/utils/load.py">x</a>'),
        ("<p>\n<IMG SRC='utils/load.py'\n>", "<p>\n<IMG SRC='src/pkg/utils/load.py'\n>"),
        ("text <img src=utils/load.py> text", "text <img src=src/pkg/utils/load.py> text"),
        ("| a | b |\n|---|---|\n| [x](utils/load.py) | `utils/db.py` |",
         "| a | b |\n|---|---|\n| [x](src/pkg/utils/load.py) | `src/pkg/utils/db.py` |"),
        ("- a\n  - [x](utils/load.py)\n", "- a\n  - [x](src/pkg/utils/load.py)\n"),
        ("# `utils/load.py`", "# `src/pkg/utils/load.py`"),
        ("Title `utils/load.py`\n===", "Title `src/pkg/utils/load.py`\n==="),
        ("[main.py](./main.py)", "[src/pkg/main.py](./src/pkg/main.py)"),
        ("`` utils/load.py ``", "`` src/pkg/utils/load.py ``"),
        ("`utils/load.py:12-20`", "`src/pkg/utils/load.py:12-20`"),
        ("`utils/load.py::read`", "`src/pkg/utils/load.py::read`"),
        ("`utils/` and `./utils/db.py`", "`src/pkg/utils/` and `./src/pkg/utils/db.py`"),
        ("`main.py`", "`src/pkg/main.py`"),
        ("Run `python utils/load.py --all`.", "Run `python -m pkg.utils.load --all`."),
        ("`cat utils/db.py | wc`", "`cat src/pkg/utils/db.py | wc`"),
        ("::: utils.load", "::: pkg.utils.load"),
        ("\ufeff---\na: b\n---\r\n[x](utils/load.py)\r\n",
         "\ufeff---\na: b\n---\r\n[x](src/pkg/utils/load.py)\r\n"),
        ("\\`[x](utils/load.py)\\`", "\\`[x](src/pkg/utils/load.py)\\`"),
        ("```{literalinclude} utils/load.py\n:lines: 1\n```",
         "```{literalinclude} src/pkg/utils/load.py\n:lines: 1\n```"),
        ("```{eval-rst}\n[x](utils/load.py)\n```\n[x](utils/load.py)",
         "```{eval-rst}\n[x](utils/load.py)\n```\n[x](src/pkg/utils/load.py)"),
    ],
)  # fmt: skip
def test_a_document_follows(before: str, after: str) -> None:
    assert followed("README.md", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://host/o/r/blob/main/utils/load.py)",
        "[x](//host/utils/load.py) <https://host/utils/load.py>",
        "[x](mailto:utils@load.py) [y](#utils/load.py) [z](?utils/load.py)",
        "[x](~/utils/load.py) [x](../utils/load.py) [x](utils/none.py)",
        "[x](config/a.yaml) ![](img/x.png) `config/a.yaml`",
        "[x]({{ base }}/utils/load.py) [y](utils/load.py",
        "utils/load.py is in utils, and *utils/db.py* too",
        "`utils` and `load.py` and `tasks` `tasks/`",
        "`from utils.load import read` `utils.load` `/utils/load.py` `https://h/utils/load.py`",
        "<!-- [x](utils/load.py) -->",
        "<!--\n\n[x](utils/load.py) `utils/load.py`\n\n-->",
        "a <!-- `utils/load.py` --> b",
        "    [x](utils/load.py)\n    python utils/load.py",
        "---\nfile: utils/load.py\nlink: '[x](utils/load.py)'\n---\n",
        "```json\n{\"a\": \"utils/load.py\"}\n```",
        "```python\nopen('utils/load.py')\n[x](utils/load.py)\n```",
        "~~~yaml\nrun: python utils/load.py\n~~~",
        "```text\n$ python utils/load.py\n```",
        "```diff\n-python utils/load.py\n```",
        "```\nutils/\n├── load.py\n└── utils/db.py\n```",
        "<pre>python utils/load.py <a href='utils/load.py'></pre>",
        "<script src='utils/load.py'></script>",
        "\\[x](utils/load.py)",
        "`[x](utils/load.py)`",
        "[x]\\(utils/load.py)",
        "<code>utils/load.py</code> <div data-src='utils/load.py'></div>",
        "::: json.tool",
    ],
)  # fmt: skip
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("README.md", text, MOVES, STAYS) == (text, [])


def test_a_document_that_moves_leads_where_it_led() -> None:
    moves = {**MOVES, "tasks/README.md": "docs/tasks/README.md"}
    text = "[a](../config/a.yaml) [b](notes.txt) [c](run.py) [d](#x) [e](https://h/x) `notes.txt`\n"
    after = (
        "[a](../../config/a.yaml) [b](../../tasks/notes.txt) [c](../../src/pkg/run.py)"
        " [d](#x) [e](https://h/x) `notes.txt`\n"
    )
    assert followed("tasks/README.md", text, moves, STAYS) == (after, [])


def test_prose_calls_what_is_elsewhere_by_its_path_from_the_root() -> None:
    moves = {"a/README.md": "docs/a/README.md", "a/sql/x.sql": "src/pkg/sql/x.sql"}
    text = "See `sql/x.sql` and `a/sql/x.sql`."
    after = "See `src/pkg/sql/x.sql` and `src/pkg/sql/x.sql`."
    assert followed("a/README.md", text, moves) == (after, [])


def test_a_bare_name_counts_only_where_it_can_mean_one_file() -> None:
    others = ("jobs/main.py",)
    assert followed("README.md", "`main.py`", MOVES, others) == ("`main.py`", [])
    assert followed("config/README.md", "`main.py`", MOVES) == ("`main.py`", [])
    assert followed("docs/a.md", "`main.py`", MOVES) == ("`src/pkg/main.py`", [])


def test_the_text_of_a_link_says_what_the_link_says() -> None:
    moves = {"README.md": "docs/start/README.md", "QUICK.md": "docs/start/QUICK.md"}
    text = "See [QUICK.md](./QUICK.md)."
    assert followed("README.md", text, moves) == (text, [])


def test_a_kind_of_file_is_told_of_and_no_file_named() -> None:
    moves = {"profiles.yml": "dbt/profiles.yml", "dbt_project.yml": "dbt/dbt_project.yml"}
    text = "Write `profiles.yml` into your home folder; [it](profiles.yml) is here."
    expected = "Write `profiles.yml` into your home folder; [it](dbt/profiles.yml) is here."
    assert followed("README.md", text, moves) == (expected, [])


def test_links_between_documents_of_one_folder_stay_when_it_moves() -> None:
    moves = {"a/x.md": "docs/a/x.md", "a/y.md": "docs/a/y.md"}
    assert followed("a/x.md", "[y](y.md) [y](./y.md#z)", moves) == ("[y](y.md) [y](./y.md#z)", [])


def test_a_folder_that_came_apart_is_reported_where_it_is_linked() -> None:
    text, about = followed("README.md", "[t](tasks/)\n`tasks/`\n", MOVES, STAYS)
    assert text == "[t](tasks/)\n`tasks/`\n"
    assert about == ['1: "tasks/" names tasks, whose files have different places now']


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README.md", True),
        ("docs/a.markdown", True),
        ("docs/a.mdx", True),
        ("docs/news_pipeline.md", True),
        ("docs/history-of-orders.md", True),
        ("CHANGELOG.md", False),
        ("docs/changelog-1.2.md", False),
        ("docs/changelogs/2024.md", False),
        ("HISTORY.md", False),
        ("News.md", False),
        ("release_notes.md", False),
        ("README.txt", False),
    ],
)
def test_what_tells_of_the_past_stays(path: str, expected: bool) -> None:
    assert is_markdown(path) is expected


_PARTS = st.sampled_from(
    [
        "[", "]", "(", ")", "`", "``", "```", "```sh", "\n", "\r\n", "    ", "> ", "- ",
        "utils/load.py", "<", ">", "<!--", "-->", '"', "'", "\\", "#", "|", "|-|", "---", "$ ",
        "python ", "é", "\0", "]: ", "](", "![", "<a href=", "::: ", "cd utils", "%20", "../",
        "\t", "~~~", "{include} ",
    ]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=40).map("".join))
def test_of_any_text_nothing_but_references_changes(text: str) -> None:
    tree = Tree.of({**dict.fromkeys(MOVES, ""), "README.md": text})
    found = sorted(read_markdown(text, "README.md", tree), key=lambda r: r.start)
    assert all(text[r.start : r.end] == r.text for r in found)
    assert all(r.path in tree or r.path in tree.folders for r in found)
