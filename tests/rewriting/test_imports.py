"""``import a.b``: what it binds stays bound, and uses follow where it is certain what they mean."""

from __future__ import annotations

import pytest

from library import LIBRARY, MOVES, moved, printed, program_after
from migrations import text_after

HEAD = "import lib.alpha\n"
NEW_HEAD = "import pipelines.lib.alpha\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("print(lib.alpha.who())\n", "print(pipelines.lib.alpha.who())\n"),
        (
            "shown = [lib.alpha]\nprint(shown[0].NAME)\n",
            "shown = [pipelines.lib.alpha]\nprint(shown[0].NAME)\n",
        ),
        (
            "print(lib.VERSION, lib.alpha.NAME)\n",
            "print(pipelines.lib.VERSION, pipelines.lib.alpha.NAME)\n",
        ),
        (
            "print(getattr(lib, 'alpha').NAME)\n",
            "print(getattr(pipelines.lib, 'alpha').NAME)\n",
        ),
        ("lib.alpha.NAME = 'x'\n", "pipelines.lib.alpha.NAME = 'x'\n"),
        ("for lib.alpha.n in 'ab': pass\n", "for pipelines.lib.alpha.n in 'ab': pass\n"),
        (
            "print((lib\n  .alpha  # why\n  .NAME))\n",
            "print((pipelines.lib\n  .alpha  # why\n  .NAME))\n",
        ),
        ("print(lib . alpha.NAME)\n", "print(pipelines.lib . alpha.NAME)\n"),
        ("print((lib).alpha.NAME)\n", "print((pipelines.lib).alpha.NAME)\n"),
        ("print(lib\\\n.alpha.NAME)\n", "print(pipelines.lib\\\n.alpha.NAME)\n"),
        ("é = 'ü'; print(é, lib.alpha.NAME)\n", "é = 'ü'; print(é, pipelines.lib.alpha.NAME)\n"),
        ("print('of lib.alpha')  # lib.alpha\n", "print('of lib.alpha')  # lib.alpha\n"),
        (
            "try:\n    raise KeyError\nexcept (lib.alpha.Thing if 0 else KeyError): pass\n",
            "try:\n    raise KeyError\n"
            "except (pipelines.lib.alpha.Thing if 0 else KeyError): pass\n",
        ),
        (
            "@(lambda f: f)\ndef g(a=lib.alpha.NAME) -> lib.alpha.Thing:\n"
            "    return a\nprint(g())\n",
            "@(lambda f: f)\ndef g(a=pipelines.lib.alpha.NAME) -> pipelines.lib.alpha.Thing:\n"
            "    return a\nprint(g())\n",
        ),
        (
            "class A(lib.alpha.Thing):\n    lib = 1\n    both = lib\n"
            "    def ask(self, own=lib):\n        return own, lib.alpha.NAME, self.lib\n"
            "print(A().ask(), A.both)\n",
            "class A(pipelines.lib.alpha.Thing):\n    lib = 1\n    both = lib\n"
            "    def ask(self, own=lib):\n        return own, pipelines.lib.alpha.NAME, self.lib\n"
            "print(A().ask(), A.both)\n",
        ),
        ("import lib.alpha\n", "import pipelines.lib.alpha\n"),
    ],
)
def test_uses_follow(before: str, after: str) -> None:
    assert program_after(HEAD + before) == NEW_HEAD + after


@pytest.mark.parametrize(
    "shadowed",
    [
        "def f(lib):\n    return lib.upper()\nprint(f('a'))\n",
        "def f():\n    lib = 'a'\n    return lib.upper()\nprint(f())\n",
        "def f():\n    for lib in 'ab':\n        print(lib.upper())\nf()\n",
        "def f():\n    def g():\n        return lib.upper()\n    lib = 'a'\n"
        "    return g()\nprint(f())\n",
        "print([lib.upper() for lib in 'ab'])\n",
        "print({lib: lib.upper() for lib in 'ab'}, {lib for lib in 'a'}, *(lib for lib in 'a'))\n",
        "print((lambda lib: lib.upper())('a'))\n",
        "print((lambda *lib, **other: lib)(1))\n",
        "def f():\n    import json as lib\n    return lib.dumps(1)\nprint(f())\n",
        "def f():\n    try:\n        raise KeyError(1)\n    except KeyError as lib:\n"
        "        return lib.args\nprint(f())\n",
        "def f():\n    with open('main.py') as lib:\n        return lib.name\nprint(f())\n",
        "def f(value):\n    match value:\n        case [lib, *_]:\n            return lib.upper()\n"
        "print(f(['a']))\n",
        "def f():\n    if (lib := 'a').upper():\n        return lib.upper()\nprint(f())\n",
        "def f():\n    return [lib := 'a', lib.upper()]\nprint(f())\n",
        "class A:\n    lib = 'a'\n    print(lib.upper())\n",
        "def f():\n    def lib():\n        return 1\n    return lib.__name__\nprint(f())\n",
    ],
)
def test_another_variable_of_the_name_is_left_alone(shadowed: str) -> None:
    end = "print(lib.alpha.NAME)\n"
    assert program_after(HEAD + shadowed + end) == (
        NEW_HEAD + shadowed + "print(pipelines.lib.alpha.NAME)\n"
    )


def test_the_first_iterable_of_a_comprehension_belongs_to_the_outer_scope() -> None:
    code = HEAD + "print([lib for lib in lib.alpha.NAME])\n"
    assert program_after(code) == NEW_HEAD + "print([lib for lib in pipelines.lib.alpha.NAME])\n"


@pytest.mark.parametrize(
    ("taken", "use"),
    [
        ("pipelines = 3\n", "print({}.who(), pipelines)\n"),
        ("def f(pipelines):\n    return {}.who()\n", "print(f(1))\n"),
        ("class pipelines: pass\n", "print({}.who(), pipelines.__name__)\n"),
        ("import json as pipelines\n", "print({}.who(), pipelines.__name__)\n"),
        ("def f():\n    pipelines = 1\n    return lambda: {}.who()\n", "print(f()())\n"),
        ("", "print([{}.who() for pipelines in 'ab'])\n"),
        ("", "print((lambda pipelines: {}.who())(1))\n"),
    ],
)
def test_a_name_that_is_taken_gets_an_alias(taken: str, use: str) -> None:
    old, new = (taken + use).replace("{}", "lib.alpha"), (taken + use).replace("{}", "lib_alpha")
    assert program_after(HEAD + old) == "import pipelines.lib.alpha as lib_alpha\n" + new


def test_an_alias_is_a_name_that_nothing_has() -> None:
    code = "lib_alpha = pipelines = 1\nprint(lib.alpha.NAME, lib_alpha, pipelines)\n"
    assert program_after(HEAD + code) == (
        "import pipelines.lib.alpha as lib_alpha_2\n"
        "lib_alpha = pipelines = 1\nprint(lib_alpha_2.NAME, lib_alpha, pipelines)\n"
    )


def test_the_package_as_a_whole_stays_bound_beside_an_alias() -> None:
    code = "pipelines = 1\nprint(lib.alpha.NAME, lib.VERSION, pipelines)\n"
    assert program_after(HEAD + code) == (
        "import pipelines.lib.alpha as lib_alpha\nfrom pipelines import lib\n"
        "pipelines = 1\nprint(lib_alpha.NAME, lib.VERSION, pipelines)\n"
    )


def test_a_name_of_the_module_is_not_hidden_by_an_import_in_a_function() -> None:
    code = "pipelines = [1]\ndef f():\n    import lib.alpha\n    return lib.alpha.NAME, pipelines\n"
    assert program_after(code + "print(f())\n") == (
        "pipelines = [1]\ndef f():\n    import pipelines.lib.alpha as lib_alpha\n"
        "    return lib_alpha.NAME, pipelines\nprint(f())\n"
    )


def test_a_use_before_a_late_import_of_the_same_package_still_works() -> None:
    code = (
        "import other.one\ndef f():\n    first = other.one.NAME\n    import lib.alpha\n"
        "    return first, lib.alpha.NAME\nprint(f())\n"
    )
    assert program_after(code) == (
        "import pipelines.other.one\ndef f():\n    first = pipelines.other.one.NAME\n"
        "    import pipelines.lib.alpha as lib_alpha\n"
        "    return first, lib_alpha.NAME\nprint(f())\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "import lib.alpha, lib.beta\nimport lib.alpha\nprint(lib.alpha.NAME, lib.beta.NAME)\n",
            "import pipelines.lib.alpha, pipelines.second.beta\nimport pipelines.lib.alpha\n"
            "print(pipelines.lib.alpha.NAME, pipelines.second.beta.NAME)\n",
        ),
        (
            "import lib\nimport lib.beta\nprint(lib.VERSION, lib.beta.NAME)\n",
            "from pipelines import lib\nimport pipelines.second.beta\n"
            "print(lib.VERSION, pipelines.second.beta.NAME)\n",
        ),
        (
            "import lib.beta\nprint(lib.VERSION, lib.beta.NAME)\n",
            "import pipelines.second.beta\nfrom pipelines import lib\n"
            "print(lib.VERSION, pipelines.second.beta.NAME)\n",
        ),
        (
            "def f():\n\timport lib, other.one, os\n"
            "\treturn lib.VERSION, other.one.NAME\nprint(f())",
            "def f():\n\tfrom pipelines import lib\n\timport pipelines.other.one, os\n"
            "\treturn lib.VERSION, pipelines.other.one.NAME\nprint(f())",
        ),
        (
            "if 1: import lib\nx = 1; import lib.beta; print(x, lib.VERSION, lib.beta.NAME)",
            "if 1: from pipelines import lib\n"
            "x = 1; import pipelines.second.beta; from pipelines import lib; "
            "print(x, lib.VERSION, pipelines.second.beta.NAME)",
        ),
        (
            "import lib.alpha as a, lib.beta as b, os\nprint(a.NAME, b.NAME)\n",
            "import pipelines.lib.alpha as a, pipelines.second.beta as b, os\n"
            "print(a.NAME, b.NAME)\n",
        ),
        (
            "import lib as lib\nprint(lib.VERSION)\n",
            "import pipelines.lib as lib\nprint(lib.VERSION)\n",
        ),
        (
            "try:\n    import fast.beta\nexcept ImportError:\n    import lib.beta as fast\n"
            "print(fast.NAME)\n",
            "try:\n    import fast.beta\nexcept ImportError:\n"
            "    import pipelines.second.beta as fast\nprint(fast.NAME)\n",
        ),
    ],
)
def test_modules_of_one_package_go_to_different_places(before: str, after: str) -> None:
    assert program_after(before, "apart") == after


@pytest.mark.parametrize("how", ["apart", "stays"])
@pytest.mark.parametrize("form", ["import lib", "import lib as name", "from top import lib"])
def test_a_module_that_another_file_imported_is_imported_where_it_is_used(
    form: str, how: str
) -> None:
    name = form.rpartition(" ")[2]
    new = {"apart": "pipelines.second.beta", "stays": "pipelines.beta"}[how]
    files: dict[str, str] = {}
    moves: dict[str, str] = {}
    if form.startswith("from"):
        new = new.replace("pipelines", "pipelines.top")
        files = {"top/__init__.py": "", **{f"top/{path}": LIBRARY[path] for path in LIBRARY}}
        for old, target in MOVES[how].items():
            moves[f"top/{old}"] = target.replace("src/pipelines", "src/pipelines/top")
    files["loads.py"] = f"import {'top.' if moves else ''}lib.beta\n"
    code = f"{form}\nimport loads\nprint({name}.beta.NAME, {name}.VERSION)\n"
    after = program_after(code, how, files, moves)
    assert f"\nimport {new}\nimport loads\nprint({new}.NAME, {name}.VERSION)\n" in after


def test_a_package_that_stays_is_still_bound_when_a_module_of_it_goes() -> None:
    code = "import lib\nimport lib.beta\nprint(lib.beta.NAME, lib.VERSION)\n"
    assert program_after(code, "stays") == (
        "import lib\nimport pipelines.beta\nprint(pipelines.beta.NAME, lib.VERSION)\n"
    )


def test_what_the_old_name_loaded_on_the_way_is_still_loaded() -> None:
    code = "import lib.deep.leaf\nprint(lib.deep.leaf.NAME, lib.deep.LEVEL)\n"
    assert program_after(code, moves={"lib/deep/leaf.py": "src/pipelines/leaf.py"}) == (
        "import pipelines.leaf\nimport pipelines.lib.deep\n"
        "print(pipelines.leaf.NAME, pipelines.lib.deep.LEVEL)\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "import lib.alpha\nprint(lib.alpha.NAME)\ndel lib\nprint('lib' in dir())\n",
            "import pipelines.lib.alpha\nprint(pipelines.lib.alpha.NAME)\ndel pipelines\n"
            "print('lib' in dir())\n",
        ),
        (
            "class A:\n    import lib.alpha\n    own = lib.alpha.NAME\n"
            "print(A.lib.alpha.NAME, A.own, A().lib.VERSION)\n",
            "class A:\n    import pipelines.lib.alpha\n    from pipelines import lib\n"
            "    own = pipelines.lib.alpha.NAME\nprint(A.lib.alpha.NAME, A.own, A().lib.VERSION)\n",
        ),
        (
            "def f():\n    global lib\n    import lib.alpha\nf()\nprint(lib.alpha.NAME)\n",
            "def f():\n    global lib\n    import pipelines.lib.alpha\n"
            "    from pipelines import lib\nf()\nprint(lib.alpha.NAME)\n",
        ),
        (
            "def f():\n    import lib.alpha\n    def g():\n        nonlocal lib\n"
            "        lib = lib.alpha\n    g()\n    return lib.NAME\nprint(f())\n",
            "def f():\n    import pipelines.lib.alpha\n    from pipelines import lib\n"
            "    def g():\n        nonlocal lib\n        lib = lib.alpha\n    g()\n"
            "    return lib.NAME\nprint(f())\n",
        ),
        (
            "import lib.alpha\ndef f():\n    return lib.alpha\nprint(f().NAME)\nlib = f()\n",
            "import pipelines.lib.alpha\nfrom pipelines import lib\n"
            "def f():\n    return lib.alpha\nprint(f().NAME)\nlib = f()\n",
        ),
        (
            "import lib.alpha as lib\nprint(lib.NAME)\nimport lib.alpha\nprint(lib.VERSION)\n",
            "import pipelines.lib.alpha as lib\nprint(lib.NAME)\nimport pipelines.lib.alpha\n"
            "from pipelines import lib\nprint(lib.VERSION)\n",
        ),
        (
            "import lib.alpha\n__all__ = ['lib']\n",
            "import pipelines.lib.alpha\nfrom pipelines import lib\n__all__ = ['lib']\n",
        ),
    ],
)
def test_the_name_stays_bound_where_others_may_ask_for_it(before: str, after: str) -> None:
    assert program_after(before) == after


@pytest.mark.parametrize("asks", ["from loads import lib", "from loads import *", "import loads"])
def test_a_name_that_other_files_import_stays_bound(asks: str) -> None:
    use = "loads.lib" if asks == "import loads" else "lib"
    code = f"{asks}\nprint({use}.alpha.NAME)\n"
    migration = moved(code, files={"loads.py": "import lib.alpha\nprint(lib.alpha.NAME)\n"})
    after = {path: migration.after.read(path) for path in migration.after}
    assert text_after(migration, "loads.py") == (
        "import pipelines.lib.alpha\nfrom pipelines import lib as lib\n"
        "print(pipelines.lib.alpha.NAME)\n"
    )
    assert printed(after, "main.py") == "alpha\nalpha\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "import lib.alpha\nlib = lib.alpha\nprint(lib.NAME)\n",
            "import pipelines.lib.alpha\nlib = pipelines.lib.alpha\nprint(lib.NAME)\n",
        ),
        (
            "import lib.alpha\nif lib:\n    lib = lib.alpha\nprint(lib.NAME)\n",
            "import pipelines.lib.alpha\nfrom pipelines import lib\nif lib:\n"
            "    lib = pipelines.lib.alpha\nprint(lib.NAME)\n",
        ),
    ],
)
def test_uses_before_the_name_is_bound_anew_are_followed(before: str, after: str) -> None:
    assert program_after(before) == after


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("import lib.beta\ndef f():\n    return lib.beta\nprint(f())\nlib = f()\n", 3),
        ("import lib.beta\nshown = [lib]\nprint(lib.beta.NAME)\n", 2),
    ],
)
def test_what_cannot_be_followed_is_a_finding(code: str, line: int) -> None:
    findings = moved(code, "apart").plan.findings
    assert {(f.code, f.path, f.line) for f in findings} >= {
        ("import-not-followed", "main.py", line)
    }


def test_a_module_that_all_lists_and_that_went_elsewhere_is_a_finding() -> None:
    files = {"lib/__init__.py": "VERSION = '1'\n__all__ = [\n    'alpha',\n    'beta',\n]\n"}
    findings = moved("from lib import *\nprint(alpha.NAME)\n", "apart", files).plan.findings
    assert [(f.code, f.path, f.line) for f in findings] == [
        ("import-not-followed", "src/pipelines/lib/__init__.py", 4)
    ]


@pytest.mark.parametrize(
    "code",
    [
        "import lib.alpha\nimport json, os.path\nprint(lib.alpha.NAME, os.path.sep)\n",
        "from lib import alpha, setup as s\nprint(alpha.NAME, s())\n",
        "def f():\n    import lib\n    return lib.VERSION\nprint(f())\n",
        "import lib.deep.leaf as leaf\nprint(leaf.NAME)\n",
    ],
)
def test_what_still_leads_there_is_not_touched(code: str) -> None:
    assert program_after(code, "stays") == code


def test_a_package_that_is_being_imported_is_no_attribute_of_its_parent_yet() -> None:
    files = {
        "lib/__init__.py": "import lib.alpha\n\nVERSION = lib.alpha.NAME\nfrom . import gamma\n",
        "lib/gamma.py": "import lib.alpha\nNAME = lib.alpha.who()\n",
    }
    moves = {"lib/gamma.py": "src/pipelines/lib/gamma.py"}
    code = "import lib.gamma\nprint(lib.gamma.NAME, lib.VERSION)\n"
    assert program_after(code, files=files, moves=moves) == (
        "import pipelines.lib.gamma\nprint(pipelines.lib.gamma.NAME, pipelines.lib.VERSION)\n"
    )
    migration = moved(code, files=files, moves=moves)
    assert text_after(migration, "src/pipelines/lib/gamma.py") == (
        "import pipelines.lib.alpha as lib_alpha\nNAME = lib_alpha.who()\n"
    )


def test_line_ends_of_every_kind_stay() -> None:
    for end in ("\n", "\r\n", "\r"):
        code = f"import lib.alpha{end}print(lib.alpha.NAME){end}import lib, lib.beta{end}"
        assert program_after(code) == (
            f"import pipelines.lib.alpha{end}print(pipelines.lib.alpha.NAME){end}"
            f"from pipelines import lib{end}import pipelines.lib.beta{end}"
        )


def test_a_form_feed_and_a_mark_of_byte_order_change_no_offsets() -> None:
    code = "\ufeff# ü\n\x0c\nimport lib.alpha; print('ä', lib.alpha.NAME)\n"
    assert program_after(code) == (
        "\ufeff# ü\n\x0c\nimport pipelines.lib.alpha; print('ä', pipelines.lib.alpha.NAME)\n"
    )


def test_the_library_is_what_the_tests_take_it_for() -> None:
    assert printed(
        LIBRARY | {"main.py": "import lib.beta\nprint(lib.beta.who())\n"}, "main.py"
    ) == ("who beta\n")


def test_a_use_in_doubt_does_not_keep_the_others_from_being_followed() -> None:
    before = "import lib.beta\ndef f():\n    return lib.beta.NAME\nprint(lib.beta.NAME)\nlib = f\n"
    after = text_after(moved(before, "apart"), "main.py")
    assert after == (
        "import pipelines.second.beta\nfrom pipelines import lib\n"
        "def f():\n    return lib.beta.NAME\nprint(pipelines.second.beta.NAME)\nlib = f\n"
    )
