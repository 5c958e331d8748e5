"""A conda environment is read as conda reads it; what pip cannot install is told apart."""

from __future__ import annotations

import pytest

from relayout.inventory.conda import environment_files, environment_python
from relayout.inventory.requirements import group_of_environment, read_requirements
from relayout.tree import Tree


def declared(*packages: str) -> list[tuple[str, str]]:
    listed = "".join(f"  - {package}\n" for package in packages)
    found = read_requirements(Tree.of({"environment.yml": f"dependencies:\n{listed}"}))
    return [(d.text, d.problem) for d in found]


@pytest.mark.parametrize(
    ("package", "text"),
    [
        ("pandas", "pandas"),
        ("Pandas", "pandas"),
        ("pandas=2", "pandas==2.*"),
        ("pandas=2.1.0", "pandas==2.1.0.*"),
        ("pandas==2.1.0", "pandas==2.1.0"),
        ("pandas 2.1.0", "pandas==2.1.0"),
        ("pandas 2.1.*", "pandas==2.1.*"),
        ("pandas=2.1.*", "pandas==2.1.*"),
        ("pandas =2.1", "pandas==2.1.*"),
        ("pandas=2.1.0=py311h39c9aba_3", "pandas==2.1.0"),
        ("pandas 2.1.0 pyhd8ed1ab_0", "pandas==2.1.0"),
        ("pandas=2.1=*", "pandas==2.1.*"),
        ("pandas>=2,<3", "pandas>=2,<3"),
        ("'pandas >=2, <3'", "pandas>=2,<3"),
        ("pandas!=2.0", "pandas!=2.0"),
        ("pandas~=2.0", "pandas~=2.0"),
        ("pandas=*", "pandas"),
        ("conda-forge::pandas=2", "pandas==2.*"),
        ("conda-forge/linux-64::pandas", "pandas"),
        ("pytorch=2.1", "torch==2.1.*"),
        ("matplotlib-base", "matplotlib"),
    ],
)
def test_a_package_is_a_requirement(package: str, text: str) -> None:
    assert declared(package) == [(text, "")]


@pytest.mark.parametrize("package", ["python=3.11", "python", "pip", "setuptools>60", "wheel"])
def test_what_serves_the_installation_is_no_requirement(package: str) -> None:
    assert declared(package) == []


@pytest.mark.parametrize(
    "package",
    [
        "libgdal",
        "openssl=3.2.0=hd590300_1",
        "some-tool=1.0=h1234_0",
        "_libgcc_mutex",
        "r-base",
        "gcc",
    ],
)
def test_what_conda_alone_has_is_reported(package: str) -> None:
    [(text, problem)] = declared(package)
    assert text == package
    assert "index of Python packages" in problem


@pytest.mark.parametrize(
    "package", ["pandas=1.0|2.0", "pandas[version='>=1']", "'pandas >=1 py_0'", "a b c d", "'*'"]
)
def test_what_cannot_be_told_is_reported(package: str) -> None:
    [(_, problem)] = declared(package)
    assert problem


def test_lines_of_pip_are_read_as_pip_reads_them() -> None:
    text = """\
name: shop
dependencies:
  - pip:
    - dbt-core==1.7.4  # why
    - -r more.txt
    - git+https://host/a.git#egg=a
    - --index-url https://me:hidden@host/simple
    - -e .
"""
    tree = Tree.of({"environment-dev.yml": text, "more.txt": "rich\n"})
    found = read_requirements(tree)
    assert [(d.text, d.file, d.line) for d in found if not d.problem] == [
        ("dbt-core==1.7.4", "environment-dev.yml", 4),
        ("rich", "more.txt", 1),
        ("a @ git+https://host/a.git", "environment-dev.yml", 6),
    ]
    assert {d.group for d in found} == {"dev"}
    assert [d.shown for d in found if d.problem] == ["--index-url https://***@host/simple"]


def test_what_conda_alone_has_and_its_channels_are_reported_once() -> None:
    text = "channels: [ours, defaults]\ndependencies: [openssl, zlib, a]\n"
    found = read_requirements(Tree.of({"environment.yml": text}))
    assert [d.text for d in found] == ["a", "openssl, zlib", "channels: ours"]


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("environment.yml", ""),
        ("environment-dev.yaml", "dev"),
        ("conda_env_gpu.yml", "gpu"),
        ("env.yml", ""),
        ("docs-environment.yml", "docs"),
    ],
)
def test_the_group_that_an_environment_is_for(path: str, group: str) -> None:
    assert environment_files(Tree.of({path: ""})) == [path]
    assert group_of_environment(path) == group


@pytest.mark.parametrize("path", ["config/environment.yml", "envoy.yml", "environment.txt"])
def test_other_files_are_no_environments(path: str) -> None:
    assert environment_files(Tree.of({path: ""})) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "dependencies: pandas\n",
        "dependencies: {a: 1}\n",
        "dependencies: [\n",
        "a: &a [*a]\ndependencies: [[x], {pip: x}, {y: z}, null, '']\n",
        "x: " + "[" * 50_000,
        "\x00",
        "dependencies: [a]\n" + "#" * 300_000,
    ],
)
def test_what_is_no_environment_declares_nothing(text: str) -> None:
    assert read_requirements(Tree.of({"environment.yml": text})) == []


@pytest.mark.parametrize(
    ("package", "version"),
    [
        ("python=3.11", "3.11"),
        ("python >=3.12,<4", "3.12"),
        ("conda-forge::python==3.13.1", "3.13"),
        ("python", ""),
        ("python-dateutil=3.1", ""),
    ],
)
def test_the_python_that_it_asks_for(package: str, version: str) -> None:
    tree = Tree.of({"environment.yml": f"dependencies:\n  - {package}\n"})
    assert environment_python(tree) == version


@pytest.mark.parametrize("package", ["python=3.8", "python>=3.9,<3.12", "python=2.7.18=h1_0"])
def test_an_old_python_is_reported(package: str) -> None:
    [(text, problem)] = declared(package)
    assert text == package
    assert "3.10" in problem
