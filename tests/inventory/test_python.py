"""One parse of a file gives all that is asked about it."""

from __future__ import annotations

import pytest

from relayout.inventory.python import PythonFile, read_python
from relayout.tree import Tree


def facts(code: str) -> PythonFile:
    return read_python("m.py", Tree.of({"m.py": code}))


def test_every_form_of_import_is_found_with_its_line() -> None:
    code = (
        "import a, b.c as d\nfrom e import f\ndef g():\n    from ..h import *\n"
        "    from . import i\n"
    )
    assert [(str(n), n.line, n.bound) for n in facts(code).imports] == [
        ("import a", 1, "a"),
        ("import b.c", 1, "d"),
        ("from e import f", 2, "f"),
        ("from ..h import *", 4, "*"),
        ("from . import i", 5, "i"),
    ]


def test_names_that_a_module_binds() -> None:
    code = (
        "import a.b\nif x:\n    def f(): inner = 1\nelse:\n    class C: y = 1\n"
        "try:\n    z, [w] = 1, [2]\nexcept E:\n    v = 1\nfor i in []: pass\nwith o() as p: pass\n"
    )
    assert facts(code).defines >= {"a", "f", "C", "z", "w", "v", "i", "p"}
    assert not facts(code).defines & {"inner", "y"}


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("def main(): pass\nif __name__ == '__main__':\n    main()\n", ""),
        ("def main(x=1): pass\nif __name__ == '__main__':\n    raise SystemExit(main())\n", ""),
        ("def main(): pass\nif __name__ == '__main__':\n    sys.exit(main())\n", ""),
        ("def main(x): pass\nif __name__ == '__main__':\n    main(1)\n", "needs 1 argument"),
        ("def main(*, x): pass\n", "needs 1 argument"),
        ("async def main(): pass\n", "coroutine"),
        ("def main(): pass\nif __name__ == '__main__':\n    setup()\n    main()\n", "more than"),
        ("print(1)\n", None),
    ],
)
def test_whether_main_can_be_an_entry_point(code: str, problem: str | None) -> None:
    found = facts(code).main
    if not problem:
        assert found == problem
    else:
        assert problem in (found or "")


@pytest.mark.parametrize("content", [b"print 'x'", b"\xff\xfe", b"x = 1\0", b"def f(:"])
def test_what_cannot_be_read_has_an_error_and_no_facts(content: bytes) -> None:
    file = read_python("m.py", Tree.of({"m.py": content}))
    assert file.error
    assert file.imports == ()
