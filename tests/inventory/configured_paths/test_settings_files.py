"""Type checkers, editors, tox, nox and systemd."""

from __future__ import annotations

import pytest

from inventory.configured_paths.workspace import entries, started


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "pyproject.toml",
            '[tool.mypy]\nmypy_path = "lib:$MYPY_CONFIG_FILE_DIR/jobs"\n',
            [(2, ("lib", "jobs"), "")],
        ),
        ("pyproject.toml", '[tool.mypy]\nmypy_path = ["lib"]\n', [(2, ("lib",), "")]),
        (
            "pyproject.toml",
            '[tool.pyright]\nextraPaths = ["lib", "./jobs"]\n',
            [(2, ("lib", "jobs"), "")],
        ),
        ("pyproject.toml", '[tool.poe.env]\nPYTHONPATH = "lib"\n', [(2, ("lib",), "")]),
        (
            "pyproject.toml",
            '[tool.hatch.envs.a.env-vars]\nPYTHONPATH = "lib"\n',
            [(2, ("lib",), "")],
        ),
        ("pyproject.toml", "mypy_path = [", []),
        ("mypy.ini", "[mypy]\nmypy_path = lib,\n    jobs\n", [(2, ("lib", "jobs"), "")]),
        ("setup.cfg", "[mypy]\nmypy_path = lib\n", [(2, ("lib",), "")]),
        ("pyrightconfig.json", '{"extraPaths": ["lib"]}', [(1, ("lib",), "")]),
        (
            ".vscode/settings.json",
            "{\n  // paths\n"
            '  "python.analysis.extraPaths": ["./lib", "${workspaceFolder}/jobs"],\n}\n',
            [(3, ("lib", "jobs"), "")],
        ),
        (
            ".vscode/settings.json",
            '{"terminal.integrated.env.linux": {"PYTHONPATH": '
            '"${workspaceFolder}/lib:${env:PYTHONPATH}"}}',
            [(1, ("lib",), "")],
        ),
        (
            ".vscode/launch.json",
            '{"configurations": [\n'
            ' {"env": {"PYTHONPATH": "lib"}},\n {"env": {"PYTHONPATH": "jobs"}}]}',
            [(2, ("lib",), ""), (3, ("jobs",), "")],
        ),
        (
            "tox.ini",
            "[testenv]\nsetenv =\n    PYTHONPATH = {toxinidir}/lib:{env:PYTHONPATH:}\n",
            [(3, ("lib",), "")],
        ),
        ("tox.ini", "[testenv]\nset_env = A=1, PYTHONPATH={tox_root}/lib\n", [(2, ("lib",), "")]),
        ("tox.ini", "[testenv]\npassenv = PYTHONPATH\n", []),
        (
            "noxfile.py",
            'def a(session):\n    session.env["PYTHONPATH"] = "lib"\n',
            [(2, ("lib",), "")],
        ),
        (
            "noxfile.py",
            'def a(session):\n    session.run("x", env={"PYTHONPATH": "lib"})\n',
            [(2, ("lib",), "")],
        ),
        (
            "noxfile.py",
            'def a(session):\n    session.env["PYTHONPATH"] = where()\n',
            [(2, None, "")],
        ),
        ("noxfile.py", "def a(:\n", []),
    ],
)
def test_what_settings_put_on_the_search_path(path: str, text: str, expected: list[object]) -> None:
    assert entries(path, text) == expected


UNIT = """\
[Service]
WorkingDirectory=/opt/shop
Environment="PYTHONPATH=/opt/shop/lib"
ExecStart=/opt/shop/.venv/bin/python {}
"""


def test_a_unit_whose_working_folder_is_the_repository() -> None:
    text = UNIT.format("/opt/shop/jobs/load.py")
    assert entries("deploy/shop.service", text) == [(3, ("lib",), "")]
    assert started("deploy/shop.service", text) == [(4, "jobs/load.py", ("jobs",))]


def test_a_unit_that_names_nothing_of_the_repository() -> None:
    text = UNIT.format("/opt/shop/other.py").replace("shop/lib", "shop/more")
    assert entries("deploy/shop.service", text) == []
