"""The picture of the assets is what the definitions say, and can be read."""

import importlib.util
import sys
import uuid
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"
MODULE = """\
import dagster as dg

@dg.asset(deps=["delivered"])
def {first}(): ...

@dg.asset(deps=[{first}])
def short(): ...

@dg.asset(deps=[{first}, short])
def last(): ...

defs = dg.Definitions(assets=[last, short, {first}])
"""


@pytest.fixture
def tool() -> ModuleType:
    """Return the tool as a module; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("draw_graph", ROOT / "tools" / "draw_graph.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def write(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> str:
    """Write a module that can be imported, and return its name, which no test has twice."""
    name = f"definitions_{uuid.uuid4().hex}"
    (folder / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(folder)
    return name


def boxes(picture: Path) -> dict[str, tuple[int, int, int]]:
    """Return the left, top and right of each asset, by its key."""
    root = ElementTree.parse(picture).getroot()
    found = {}
    for box in root.iter(f"{SVG}rect"):
        left, top, width = (int(box.attrib[name]) for name in ("x", "y", "width"))
        found[str(box.findtext(f"{SVG}title"))] = (left, top, left + width)
    return found


def test_the_picture_in_the_readme_is_up_to_date(tool: ModuleType) -> None:
    assert tool.main(["--check"]) == 0
    assert "docs/assets.svg" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_picture_that_is_not_is_told(
    tool: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    picture = tmp_path / "out" / "a.svg"
    first = ["--module", write(tmp_path, monkeypatch, MODULE.format(first="first"))]
    other = ["--module", write(tmp_path, monkeypatch, MODULE.format(first="other"))]
    options = ["--output", str(picture)]
    assert tool.main([*first, *options, "--check"]) == 1
    assert tool.main([*first, *options]) == 0
    before = picture.read_bytes()
    assert tool.main([*first, *options, "--check"]) == 0
    assert tool.main([*other, *options, "--check"]) == 1
    assert "is not what the definitions say" in capsys.readouterr().err
    assert picture.read_bytes() == before


def test_every_asset_stands_right_of_what_it_needs(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "a_name_that_is_much_longer_than_those_of_others"
    module = write(tmp_path, monkeypatch, MODULE.format(first=name))
    picture = tmp_path / "a.svg"
    assert tool.main(["--module", module, "--output", str(picture)]) == 0
    found = boxes(picture)
    assert sorted(found, key=lambda key: found[key]) == ["delivered", name, "short", "last"]
    for before, after in (("delivered", name), (name, "short"), ("short", "last")):
        assert found[before][2] < found[after][0]


def test_definitions_may_be_made_by_a_function(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = MODULE.format(first="first").replace(
        "defs = dg.Definitions(", "@dg.definitions\ndef defs():\n    return dg.Definitions("
    )
    module = write(tmp_path, monkeypatch, made)
    picture = tmp_path / "a.svg"
    assert tool.main(["--module", module, "--output", str(picture)]) == 0
    assert len(boxes(picture)) == 4


@pytest.mark.parametrize(
    ("source", "message"),
    [("", "has no Definitions"), ("import lost\n", "No module named 'lost'")],
)
def test_a_module_without_definitions_is_refused(
    tool: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    source: str,
    message: str,
) -> None:
    options = [
        "--module",
        write(tmp_path, monkeypatch, source),
        "--output",
        str(tmp_path / "a.svg"),
    ]
    assert tool.main(options) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "a.svg").exists()
