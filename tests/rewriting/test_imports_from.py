"""``from a import b``: the module's name follows; names that part get statements of their own."""

from __future__ import annotations

import pytest

from library import moved, program_after
from migrations import text_after

SPLIT = [
    (
        "from lib import alpha, beta\n",
        "from pipelines.lib import alpha\nfrom pipelines.second import beta\n",
    ),
    (
        "from lib import beta, alpha",
        "from pipelines.second import beta\nfrom pipelines.lib import alpha",
    ),
    (
        "from lib import alpha, beta  # both\n",
        "from pipelines.lib import alpha  # both\nfrom pipelines.second import beta\n",
    ),
    (
        "from lib import alpha, beta  # noqa: E402\n",
        "from pipelines.lib import alpha  # noqa: E402\n"
        "from pipelines.second import beta  # noqa: E402\n",
    ),
    (
        "from lib import (alpha, beta)\n",
        "from pipelines.lib import (alpha)\nfrom pipelines.second import beta\n",
    ),
    (
        "from lib import (alpha, beta,)\n",
        "from pipelines.lib import (alpha,)\nfrom pipelines.second import beta\n",
    ),
    (
        "from lib import (\n    # the first\n    alpha,\n    # the second\n    # in two lines\n"
        "    beta,  # b\n    # a name\n    VERSION as V,\n    # end\n)\n",
        "from pipelines.lib import (\n    # the first\n    alpha,\n"
        "    # a name\n    VERSION as V,\n"
        "    # end\n)\nfrom pipelines.second import (\n    # the second\n    # in two lines\n"
        "    beta,  # b\n)\n",
    ),
    (
        "from lib import (\n    alpha,\n    VERSION,\n    beta\n)\n",
        "from pipelines.lib import (\n    alpha,\n    VERSION\n)\n"
        "from pipelines.second import beta\n",
    ),
    (
        "from lib import (\n    beta,  # b\n    alpha  # a\n)\n",
        "from pipelines.second import (\n    beta  # b\n)\nfrom pipelines.lib import alpha  # a\n",
    ),
    (
        "from lib import (  # all\n    alpha, beta, setup,  # one line\n    VERSION)\n",
        "from pipelines.lib import (  # all\n    alpha, setup,  # one line\n    VERSION)\n"
        "from pipelines.second import beta\n",
    ),
    (
        "from lib import alpha, \\\n    beta, \\\n    VERSION\n",
        "from pipelines.lib import alpha, \\\n    VERSION\nfrom pipelines.second import beta\n",
    ),
    (
        "from lib import alpha, \\\n    beta\n",
        "from pipelines.lib import alpha\nfrom pipelines.second import beta\n",
    ),
    (
        "x = 1; from lib import alpha, beta; y = 2\n",
        "x = 1; from pipelines.lib import alpha; from pipelines.second import beta; y = 2\n",
    ),
    (
        "if 1: from lib import alpha, beta as b",
        "if 1: from pipelines.lib import alpha; from pipelines.second import beta as b",
    ),
    (
        "x = 1; \\\nfrom lib import alpha, beta\n",
        "x = 1; \\\nfrom pipelines.lib import alpha; from pipelines.second import beta\n",
    ),
    (
        "def f():\n\tfrom lib import alpha, beta  # why\n\treturn alpha, beta\n",
        "def f():\n\tfrom pipelines.lib import alpha  # why\n\tfrom pipelines.second import beta\n"
        "\treturn alpha, beta\n",
    ),
    (
        "é = 'ü'; from lib import alpha, beta\n",
        "é = 'ü'; from pipelines.lib import alpha; from pipelines.second import beta\n",
    ),
    (
        "from __future__ import annotations; from lib import alpha, beta\n",
        "from __future__ import annotations; from pipelines.lib import alpha; "
        "from pipelines.second import beta\n",
    ),
    (
        "from lib import alpha as alpha, beta as beta\n",
        "from pipelines.lib import alpha as alpha\nfrom pipelines.second import beta as beta\n",
    ),
    (
        "\x0cfrom lib import alpha, beta\n",
        "\x0cfrom pipelines.lib import alpha\nfrom pipelines.second import beta\n",
    ),
    (
        "from lib import(alpha,beta)\n",
        "from pipelines.lib import(alpha)\nfrom pipelines.second import beta\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), SPLIT)
def test_names_that_part_get_statements_of_their_own(before: str, after: str) -> None:
    assert program_after(before, "apart") == after


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(("before", "after"), SPLIT[:8])
def test_a_split_keeps_the_line_ends_of_the_file(before: str, after: str, end: str) -> None:
    before = before.rstrip("\n") + "\n"
    after = after.rstrip("\n") + "\n"
    assert program_after(before.replace("\n", end), "apart") == after.replace("\n", end)


def test_a_new_statement_that_is_long_has_a_line_for_each_name() -> None:
    names = [f"setup as the_setup_that_is_called_number_{number}" for number in range(2)]
    code = f"def f():\n    from lib import alpha, {', '.join(names)}\n    return alpha\n"
    after = program_after(code, moves={"lib/alpha.py": "src/pipelines/alpha.py"})
    lines = "".join(f"        {name},\n" for name in names)
    assert after == (
        "def f():\n    from pipelines import alpha\n"
        f"    from pipelines.lib import (\n{lines}    )\n    return alpha\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from lib import alpha\n", "from pipelines.lib import alpha\n"),
        (
            "from lib import alpha as a, VERSION\n",
            "from pipelines.lib import alpha as a, VERSION\n",
        ),
        (
            "from lib.alpha import *\nprint(NAME)\n",
            "from pipelines.lib.alpha import *\nprint(NAME)\n",
        ),
        ("from lib import *\nprint(setup())\n", "from pipelines.lib import *\nprint(setup())\n"),
        ("from lib.deep import leaf, LEVEL\n", "from pipelines.lib.deep import leaf, LEVEL\n"),
        ("from lib . deep  import leaf\n", "from pipelines.lib.deep  import leaf\n"),
        ("from lib import VERSION as VERSION\n", "from pipelines.lib import VERSION as VERSION\n"),
        (
            "try:\n    from lib.alpha import who\n"
            "except ImportError:\n    from other.one import who\n",
            "try:\n    from pipelines.lib.alpha import who\nexcept ImportError:\n"
            "    from pipelines.other.one import who\n",
        ),
    ],
)
def test_the_name_of_the_module_follows(before: str, after: str) -> None:
    assert program_after(before) == after


def test_either_arm_of_a_try_follows_its_own_module() -> None:
    code = (
        "try:\n    from old_lib import alpha\nexcept ImportError:\n    from lib import alpha\n"
        "print(alpha.NAME)\n"
    )
    files = {"old_lib/alpha.py": "NAME = 'alpha'\n"}
    moves = {"old_lib/alpha.py": "src/pipelines/lib/alpha.py", "lib/alpha.py": "src/gone.py"}
    after = program_after(code, files=files, moves=moves)
    assert after.startswith(
        "try:\n    from pipelines.lib import alpha\nexcept ImportError:\n    import"
    )


@pytest.mark.parametrize(
    ("target", "after"),
    [
        ("src/beta.py", "from pipelines.lib import alpha  # both\nimport beta\n"),
        ("src/pipelines/lib/gamma.py", "from pipelines.lib import alpha, gamma as beta  # both\n"),
    ],
)
def test_a_module_that_gets_another_name_keeps_the_local_one(target: str, after: str) -> None:
    code = "from lib import alpha, beta  # both\n"
    assert program_after(code, moves={"lib/beta.py": target}) == after


FAMILY = {
    "kin/__init__.py": "",
    "kin/near.py": "X = 1\n",
    "kin/module.py": (
        "from . import near\nfrom .near import X\nfrom .sub import Y\nZ = near.X, X, Y\n"
    ),
    "kin/sub/__init__.py": (
        "from ..near import X\nfrom .. import near\nfrom .own import OWN\nY = X\n"
    ),
    "kin/sub/own.py": "OWN = 3\n",
}
KIN = {path: f"src/pipelines/{path}" for path in FAMILY}
ASK = "import kin.module\nprint(kin.module.Z)\n"


def after_moves(path: str, **changed: str) -> str:
    """Return a file of the family after other moves, and check that the program still runs."""
    moves = {**KIN, **{old.replace("__", "/") + ".py": new for old, new in changed.items()}}
    program_after(ASK, files=FAMILY, moves=moves)
    return text_after(moved(ASK, files=FAMILY, moves=moves), moves[path])


def test_relative_imports_stay_where_importer_and_imported_move_together() -> None:
    for path, text in FAMILY.items():
        assert after_moves(path) == text


def test_a_module_that_becomes_a_package_looks_one_level_up() -> None:
    assert after_moves("kin/module.py", kin__module="src/pipelines/kin/module/__init__.py") == (
        "from .. import near\nfrom ..near import X\nfrom ..sub import Y\nZ = near.X, X, Y\n"
    )


def test_a_package_that_becomes_a_module_looks_one_level_down() -> None:
    moves = {
        **KIN,
        "kin/sub/__init__.py": "src/pipelines/kin/sub.py",
        "kin/sub/own.py": "src/pipelines/kin/own.py",
    }
    program_after(ASK, files=FAMILY, moves=moves)
    migration = moved(ASK, files=FAMILY, moves=moves)
    assert text_after(migration, "src/pipelines/kin/sub.py") == (
        "from .near import X\nfrom . import near\nfrom .own import OWN\nY = X\n"
    )


def test_a_relative_import_becomes_absolute_where_a_move_crosses_the_package() -> None:
    assert after_moves("kin/module.py", kin__near="src/pipelines/far/off.py") == (
        "from pipelines.far import off as near\nfrom pipelines.far.off import X\n"
        "from .sub import Y\nZ = near.X, X, Y\n"
    )


def test_no_relative_import_leads_beyond_the_top_package() -> None:
    moves = {
        "kin/near.py": "src/near.py",
        "kin/module.py": "src/module.py",
        "kin/sub/__init__.py": "src/sub/__init__.py",
        "kin/sub/own.py": "src/sub/own.py",
    }
    program_after(ASK, files=FAMILY, moves=moves)
    migration = moved(ASK, files=FAMILY, moves=moves)
    assert text_after(migration, "src/sub/__init__.py") == (
        "from near import X\nimport near\nfrom .own import OWN\nY = X\n"
    )


FOLDER = {
    "bare/a.py": "X = 1\n",
    "bare/b.py": "from . import a\nfrom .a import X\nY = a.X + X\n",
    "bare/sub/c.py": "from ..a import X\nfrom .. import b\nZ = b.Y + X\n",
}


def test_a_folder_without_marker_is_followed_like_a_package() -> None:
    code = (
        "import bare.b\nimport bare\nfrom bare import a\nimport bare.sub.c as c\n"
        "print(bare.b.Y, a.X, c.Z, bare.a.X)\n"
    )
    moves = {path: f"src/pipelines/{path}" for path in FOLDER}
    assert program_after(code, files=FOLDER, moves=moves) == (
        "import pipelines.bare.b\nfrom pipelines import bare\nfrom pipelines.bare import a\n"
        "import pipelines.bare.sub.c as c\n"
        "print(pipelines.bare.b.Y, a.X, c.Z, pipelines.bare.a.X)\n"
    )


def test_a_folder_without_marker_may_come_apart() -> None:
    code = "import bare.b\nimport bare.sub.c\nprint(bare.b.Y, bare.sub.c.Z)\n"
    moves = {"bare/a.py": "src/pipelines/x/a.py", "bare/b.py": "src/pipelines/y/b.py"}
    moves["bare/sub/c.py"] = "src/pipelines/z/c.py"
    assert program_after(code, files=FOLDER, moves=moves) == (
        "import pipelines.y.b\nimport pipelines.z.c\nprint(pipelines.y.b.Y, pipelines.z.c.Z)\n"
    )


def test_a_package_that_re_exports_keeps_doing_so() -> None:
    files = {"lib/__init__.py": "from . import alpha, beta\nfrom .beta import who as who\n"}
    code = "import lib\nfrom lib import beta, who\nprint(lib.who(), who(), beta.NAME)\n"
    assert program_after(code, "apart", files) == (
        "from pipelines import lib\nfrom pipelines.second import beta\n"
        "from pipelines.lib import who\n"
        "print(lib.who(), who(), beta.NAME)\n"
    )
    assert text_after(moved(code, "apart", files), "src/pipelines/lib/__init__.py") == (
        "from . import alpha\nfrom pipelines.second import beta\n"
        "from pipelines.second.beta import who as who\n"
    )
