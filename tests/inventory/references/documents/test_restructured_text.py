"""Documents in reStructuredText: directives, roles, links and commands follow; the rest stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references.documents.restructured_text import read_restructured_text
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/__init__.py": "src/pkg/utils/__init__.py",
    "tasks/run.py": "src/pkg/run.py",
    "old/dead.py": "__legacy/old/dead.py",
    "docs/a/intro.rst": "docs/b/intro.rst",
    "docs/img/x.png": "docs/static/x.png",
}
STAYS = ("docs/conf.py", "docs/index.rst", "tools/lint.py", "docs/guide.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (".. automodule:: utils.load\n   :members:",
         ".. automodule:: pkg.utils.load\n   :members:"),
        (".. automodule:: utils", ".. automodule:: pkg.utils"),
        (".. autoclass:: utils.load.Reader", ".. autoclass:: pkg.utils.load.Reader"),
        ("  .. py:module:: utils.load  ", "  .. py:module:: pkg.utils.load  "),
        (".. click:: utils.load:main\n   :prog: load",
         ".. click:: pkg.utils.load:main\n   :prog: load"),
        (".. argparse::\n   :module: utils.load\n   :func: parser",
         ".. argparse::\n   :module: pkg.utils.load\n   :func: parser"),
        (".. autosummary::\n   :toctree: gen\n\n   utils.load\n   ~utils.load.Reader",
         ".. autosummary::\n   :toctree: gen\n\n   pkg.utils.load\n   ~pkg.utils.load.Reader"),
        (":mod:`utils.load` :py:func:`~utils.load.read` :class:`the reader <utils.load.Reader>`",
         ":mod:`pkg.utils.load` :py:func:`~pkg.utils.load.read`"
         " :class:`the reader <pkg.utils.load.Reader>`"),
        (".. literalinclude:: ../utils/load.py\n   :lines: 1-3",
         ".. literalinclude:: ../src/pkg/utils/load.py\n   :lines: 1-3"),
        (".. literalinclude:: /../utils/load.py", ".. literalinclude:: /../src/pkg/utils/load.py"),
        (".. image:: img/x.png\r\n   :alt: x\r\n", ".. image:: static/x.png\r\n   :alt: x\r\n"),
        (".. |logo| image:: /img/x.png", ".. |logo| image:: /static/x.png"),
        (".. csv-table:: t\n   :file: ../utils/load.py",
         ".. csv-table:: t\n   :file: ../src/pkg/utils/load.py"),
        (".. toctree::\n   :maxdepth: 2\n\n   index\n   a/intro\n   Begin <a/intro>\n   self",
         ".. toctree::\n   :maxdepth: 2\n\n   index\n   b/intro\n   Begin <b/intro>\n   self"),
        (":doc:`a/intro` :doc:`begin </a/intro>`", ":doc:`b/intro` :doc:`begin </b/intro>`"),
        (":download:`the code <../utils/load.py>`",
         ":download:`the code <../src/pkg/utils/load.py>`"),
        ("`code <../utils/load.py#L1>`_ and `../utils/load.py <../utils/load.py>`__",
         "`code <../src/pkg/utils/load.py#L1>`_ and"
         " `../src/pkg/utils/load.py <../src/pkg/utils/load.py>`__"),
        (".. _code: ../utils/load.py", ".. _code: ../src/pkg/utils/load.py"),
        (".. _`the: code`: ../utils/load.py", ".. _`the: code`: ../src/pkg/utils/load.py"),
        ("``utils/load.py`` :file:`utils/load.py` ``python utils/load.py``",
         "``src/pkg/utils/load.py`` :file:`src/pkg/utils/load.py` ``python -m pkg.utils.load``"),
        (".. note::\n\n   ``utils/load.py``", ".. note::\n\n   ``src/pkg/utils/load.py``"),
        (".. code-block:: bash\n   :caption: x\n\n   python utils/load.py\n\n``utils/load.py``",
         ".. code-block:: bash\n   :caption: x\n\n   python -m pkg.utils.load\n\n"
         "``src/pkg/utils/load.py``"),
        (".. code:: console\n\n   $ python utils/load.py\n   utils/load.py",
         ".. code:: console\n\n   $ python -m pkg.utils.load\n   utils/load.py"),
        ("Run::\n\n    $ python utils/load.py\n", "Run::\n\n    $ python -m pkg.utils.load\n"),
        (".. [1] ``utils/load.py``", ".. [1] ``src/pkg/utils/load.py``"),
    ],
)  # fmt: skip
def test_a_document_follows(before: str, after: str) -> None:
    assert followed("docs/a.rst", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        ".. automodule:: tools.lint\n.. automodule:: json",
        ".. note:: utils.load is in utils/load.py",
        ".. a comment\n   ``utils/load.py`` :mod:`utils.load`",
        "..\n   ``utils/load.py``",
        ".. code-block:: python\n\n   open('utils/load.py')  # ``utils/load.py``",
        ".. code-block:: yaml\n\n   run: python utils/load.py",
        "A tree::\n\n    utils/\n    utils/load.py\n",
        ".. math::\n\n   ``utils/load.py``",
        "`x <https://host/utils/load.py>`_ https://host/utils/load.py",
        ".. _x: https://host/utils/load.py\n.. _y: other_",
        ":ref:`utils/load.py` :math:`utils/load.py` :doc:`utils/load`",
        "utils.load in utils/load.py, *utils/load.py*",
        ".. toctree::\n   :glob:\n\n   a/*\n   https://host/x",
        ".. image:: https://host/img/x.png",
        "\\``utils/load.py``",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("docs/a.rst", text, MOVES, STAYS) == (text, [])


def test_a_module_that_cannot_be_imported_is_reported() -> None:
    text, about = followed("docs/a.rst", "\n.. automodule:: old.dead\n", MOVES, STAYS)
    assert text == "\n.. automodule:: old.dead\n"
    place = "__legacy/old/dead.py"
    assert about == [
        f'2: "old.dead" names old/dead.py, which is now {place} and cannot be imported'
    ]


def test_a_document_that_moves_leads_where_it_led() -> None:
    moves = {**MOVES, "tasks/a.rst": "docs/tasks/a.rst"}
    text = ".. include:: ../docs/guide.md\n\n`x <run.py>`_\n"
    after = ".. include:: ../guide.md\n\n`x <../../src/pkg/run.py>`_\n"
    assert followed("tasks/a.rst", text, moves, STAYS) == (after, [])


_PARTS = st.sampled_from(
    [
        ".. ", "..", "::", "\n", "\r\n", "   ", "image", "toctree", "code-block", " bash",
        ":mod:", "`", "``", "<", ">`_", "utils/load.py", "utils.load", "_x: ", "|a| ", "$ ",
        "python ", "[1] ", ":", "automodule", "a/intro", "/", "../", "\t", "é", "\0", "\\",
        ":file: ",
    ]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=40).map("".join))
def test_of_any_text_nothing_but_references_changes(text: str) -> None:
    tree = Tree.of({**dict.fromkeys((*MOVES, *STAYS), ""), "docs/a.rst": text})
    for found in read_restructured_text(text, "docs/a.rst", tree):
        assert text[found.start : found.end] == found.text
        assert found.path in tree or found.path in tree.folders
