"""A law of imports: programs print the same before and after, or a finding names the file.

Programs import one library in many forms, in the module, functions and classes, among variables
that have the names of its packages; then the library goes to other places.
"""

from __future__ import annotations

import ast

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from library import MOVES, moved, printed
from migrations import checks_of, migrate_tree
from relayout.planning.plan import Written

HEAD = (
    "def show(ask):\n    try:\n        got = ask()\n"
    "        plain = isinstance(got, (str, list))\n"
    "        print(got if plain else getattr(got, 'NAME', type(got).__name__))\n"
    "    except (NameError, AttributeError):\n        print('failed')\n\n\n"
)

IMPORTS = (
    "import lib",
    "import lib.alpha",
    "import lib.beta",
    "import lib.deep.leaf",
    "import lib.deep, os",
    "import lib.alpha, lib.beta",
    "import lib.alpha as lib",
    "import lib as short",
    "import other.one",
    "import lib.beta as pipelines",
    "from lib import alpha, deep",
    "from lib import beta as lib",
    "from lib import VERSION, beta, alpha",
)
USES = (
    "lib.alpha.NAME",
    "lib.beta.NAME",
    "lib.VERSION",
    "lib.deep.leaf.NAME",
    "lib.deep",
    "other.one.NAME",
    "pipelines",
    "short.beta.NAME",
    "deep.leaf.NAME",
    "beta.NAME",
    "f'{lib.alpha.NAME} {lib.VERSION}'",
    "[lib for lib in 'ab']",
    "[lib.alpha.NAME for _ in lib.VERSION]",
    "(lambda pipelines: lib.beta.NAME)(1)",
    "getattr(lib, 'alpha').NAME",
    "(lib).alpha.NAME",
)
BINDS = ("lib = 'mine'", "pipelines = 'mine'", "for lib in 'ab': pass", "class lib: alpha = 'mine'")


@st.composite
def blocks(draw: st.DrawFn, depth: int = 0) -> str:
    """Statements of one block: imports, uses, other variables, and blocks within."""
    lines: list[str] = []
    for number in range(draw(st.integers(2, 5))):
        kind = draw(st.sampled_from(["import", "import", "use", "use", "use", "bind", "block"]))
        if kind == "import":
            lines.append(draw(st.sampled_from(IMPORTS)))
        elif kind == "use":
            lines.append(f"show(lambda: {draw(st.sampled_from(USES))})")
        elif kind == "bind":
            lines.append(draw(st.sampled_from(BINDS)))
        elif depth < 2:
            name = f"inner_{depth}_{number}"
            head = draw(st.sampled_from(["def {}():", "def {}(lib='x'):", "class {}:", "if 1:"]))
            outer = draw(st.sampled_from(["", "", "    global lib\n"])) if "()" in head else ""
            body = draw(blocks(depth + 1)).replace("\n", "\n    ")
            lines.append(f"{head.format(name)}\n{outer}    {body}")
            if head.startswith("def"):
                lines.append(f"show({name})")
    return "\n".join(lines) or "pass"


def is_python(code: str) -> bool:
    """Tell whether a program compiles: a name may not be used before it is declared global."""
    try:
        compile(code, "main.py", "exec", flags=ast.PyCF_ONLY_AST)
        compile(code, "main.py", "exec")
    except SyntaxError:
        return False
    return True


PROGRAMS = blocks().map(lambda body: f"{HEAD}{body}\n").filter(is_python)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(PROGRAMS, st.sampled_from(sorted(MOVES)))
def test_programs_print_the_same_wherever_the_library_goes(code: str, how: str) -> None:
    migration = moved(code, how)
    after = {path: migration.after.read(path) for path in migration.after}
    note(after["main.py"].decode())
    failed = {n: c.details for n, c in checks_of(migration).items() if not c.passed}
    assert not {name: details for name, details in failed.items() if name != "layout-rules"}
    assert not migrate_tree(migration.after, written=Written({})).plan.edits
    if any(finding.path == "main.py" for finding in migration.plan.findings):
        return
    was = printed({path: migration.before.read(path) for path in migration.before}, "main.py")
    now = printed(after, "main.py")
    pairs = list(zip(was.splitlines(), now.splitlines(), strict=True))
    assert all(old in (new, "failed") for old, new in pairs), pairs
