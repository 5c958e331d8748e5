"""What ``setup.py`` and ``setup.cfg`` declare becomes ``[project]``, without running anything."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from relayout.conversions.setup_script import take_over
from relayout.inventory.setup_script import read_setups
from relayout.planning.plan import Finding
from relayout.tree import Tree


def taken_over(
    script: str = "", configuration: str = "", moved: dict[str, str] | None = None
) -> tuple[dict[str, Any], list[Finding]]:
    files = {"setup.py": dedent(script), "setup.cfg": dedent(configuration)}
    setups = read_setups(Tree.of({path: text for path, text in files.items() if text}))
    return take_over(setups, (moved or {}).get)


def test_what_is_literal_is_taken_over() -> None:
    project, findings = taken_over(
        """
        from setuptools import find_packages, setup

        NAME = "shop"
        REQUIREMENTS = ["pandas>=2", 'tomli; python_version < "3.11"']

        setup(
            name=NAME,
            version="2.3.1",
            description="Loads\\n  the shop",
            python_requires=">=3.9",
            install_requires=REQUIREMENTS + ["rich"],
            extras_require=dict(plots=["matplotlib"]),
            packages=find_packages(),
            entry_points={
                "console_scripts": ["load = etl.load:main", "send=etl.send : main [x]"],
                "shop.plugins": "csv = etl.csv:Reader",
            },
        )
        """,
        moved={"etl.load": "shop.etl.load", "etl.csv": "shop.etl.csv"},
    )
    assert project == {
        "name": "shop",
        "version": "2.3.1",
        "description": "Loads the shop",
        "requires-python": ">=3.9",
        "dependencies": ["pandas>=2", 'tomli; python_version < "3.11"', "rich"],
        "optional-dependencies": {"plots": ["matplotlib"]},
        "scripts": {"load": "shop.etl.load:main", "send": "etl.send:main [x]"},
        "entry-points": {"shop.plugins": {"csv": "shop.etl.csv:Reader"}},
    }
    (finding,) = findings
    assert (finding.code, finding.path, finding.line) == ("setup-script", "setup.py", 7)
    assert finding.help == "Delete this file."


@pytest.mark.parametrize(
    ("value", "before"),
    [
        ("read_version()", ""),
        ("VERSION", ""),
        ("VERSION", "VERSION = '1'\nVERSION = '2'"),
        ("VERSION", "VERSION = '1'\ndef f():\n    global VERSION\n    VERSION = '2'"),
        ("VERSION", "if True:\n    VERSION = '1'"),
        ("VERSION", "from shop import VERSION"),
        ("VERSION", "VERSION = VERSION"),
        ("'1' + 2", ""),
        ("f'{1}'", ""),
        ("'not a version'", ""),
        ("1.0", ""),
        ("None", ""),
    ],
)
def test_what_cannot_be_told_is_reported_with_its_line(value: str, before: str) -> None:
    lines = before.count("\n") + 1
    script = f"{before}\nfrom setuptools import setup\nsetup(\n  name='shop',\n  version={value})\n"
    project, findings = taken_over(script)
    assert project == {"name": "shop"}
    unclear, taken = findings
    assert (unclear.code, unclear.line) == ("setup-value-unclear", lines + 4)
    assert unclear.message.startswith("version")
    assert unclear.help == "Declare it in pyproject.toml: [project] version"
    assert taken.code == "setup-script"
    assert taken.message.endswith("it does not have version")


@pytest.mark.parametrize(
    "keyword",
    [
        "name='-'",
        "description=['x']",
        "python_requires='three'",
        "install_requires=['a b c']",
        "install_requires=[1]",
        "install_requires={'a': 1}",
        "extras_require={':python_version<\"3\"': ['x']}",
        "extras_require=['x']",
        "entry_points={'console_scripts': ['main']}",
        "entry_points='no section'",
        "entry_points=[]",
        "install_requires=open('requirements.txt').read().split()",
    ],
)
def test_what_a_project_cannot_hold_is_left_out(keyword: str) -> None:
    project, findings = taken_over(f"from setuptools import setup\nsetup({keyword})\n")
    assert project == {}
    assert [finding.code for finding in findings] == ["setup-value-unclear", "setup-script"]


def test_a_list_that_is_changed_in_place_is_no_literal() -> None:
    project, _ = taken_over(
        """
        import setuptools
        requires = ["a"]
        requires.append("b")
        setuptools.setup(name="shop", install_requires=requires)
        """
    )
    assert project == {"name": "shop"}


@pytest.mark.parametrize(
    "script",
    [
        "import setuptools as tools\ntools.setup(name='shop')\n",
        "from setuptools import setup as install\ninstall(name='shop')\n",
        "from distutils.core import setup\nif __name__ == '__main__':\n    setup(name='shop')\n",
        "from distutils import core\ncore.setup(name='shop')\n",
        "from setuptools import setup\nsetup(**{'name': 'shop'})\n",
        "from setuptools import setup\nMETA = dict(name='shop')\nsetup(**META)\n",
    ],
)
def test_setup_is_found_under_any_name(script: str) -> None:
    assert taken_over(script)[0] == {"name": "shop"}


@pytest.mark.parametrize("script", ["def setup(name): ...\nsetup(name='x')\n", "(\n", "x = 1\n"])
def test_what_is_no_setup_declares_nothing(script: str) -> None:
    assert taken_over(script) == ({}, [])


def test_a_mapping_that_cannot_be_told_is_reported() -> None:
    _, findings = taken_over("from setuptools import setup\nsetup(**read())\n")
    assert [f.code for f in findings] == ["setup-value-unclear", "setup-script"]


def test_setup_cfg_says_what_setup_py_does_not() -> None:
    project, findings = taken_over(
        "from setuptools import setup\nsetup(name='shop')\n",
        """
        [flake8]
        max-line-length = 100

        [metadata]
        name = other
        version = attr: shop.__version__
        description = Loads the shop

        [options]
        python-requires = >=3.9
        install_requires =
            pandas
            # a comment
            rich

        [options.extras_require]
        plots = matplotlib

        [options.entry_points]
        console_scripts =
            load = etl.load:main
        """,
        moved={"etl.load": "shop.etl.load"},
    )
    assert project == {
        "name": "shop",
        "description": "Loads the shop",
        "requires-python": ">=3.9",
        "dependencies": ["pandas", "rich"],
        "optional-dependencies": {"plots": ["matplotlib"]},
        "scripts": {"load": "shop.etl.load:main"},
    }
    assert [(f.code, f.path, f.line) for f in findings] == [
        ("setup-script", "setup.py", 2),
        ("setup-value-unclear", "setup.cfg", 7),
        ("setup-script", "setup.cfg", 5),
    ]


@pytest.mark.parametrize("text", ["[flake8]\nx = 1\n", "no section\n", "[metadata]\n[metadata]\n"])
def test_a_setup_cfg_without_metadata_declares_nothing(text: str) -> None:
    assert taken_over(configuration=text) == ({}, [])


def test_the_folder_of_packages_is_known() -> None:
    script = "from setuptools import setup\nsetup(package_dir={'': './lib'})\n"
    (setup,) = read_setups(Tree.of({"setup.py": script}))
    assert setup.source_folder == "lib"
    (setup,) = read_setups(Tree.of({"setup.cfg": "[options]\npackage_dir =\n    = lib\n"}))
    assert setup.source_folder == "lib"
