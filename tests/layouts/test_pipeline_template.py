"""The template of a pipeline: which answers it takes, and what becomes of them."""

from pathlib import Path

import pytest
import yaml
from copier import run_copy

SUITE = Path(__file__).resolve().parents[2]
(TEMPLATE,) = (SUITE / "template").glob(
    "*pipeline-centric*/*repository*/pipelines/_templates/pipeline"
)


def render(destination: Path, **answers: str) -> Path:
    """Render a pipeline into a folder, and return the pipeline's own."""
    run_copy(str(TEMPLATE), destination, data=answers, defaults=True, quiet=True)
    return destination / "pipelines" / answers["pipeline"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "is not a name"),
        ("Orders", "is not a name"),
        ("1st", "is not a name"),
        ("a__b", "is not a name"),
        ("a-b", "is not a name"),
        ("../orders", "is not a name"),
        ("orders\n", "is not a name"),
        ("_templates", "is not a name"),
        ("x" * 31, "at most 30"),
        ("lambda", "a word of the Python language"),
        ("json", "Python's standard library"),
        ("shared", "uses itself"),
        ("temp", "uses itself"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        render(tmp_path, pipeline=name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("path", ["dbt/dbt_project.yml", ".copier-answers.yml", "note.md"])
def test_a_name_that_is_there_is_refused(tmp_path: Path, path: str) -> None:
    there = tmp_path / "pipelines" / "orders" / path
    there.parent.mkdir(parents=True)
    there.write_text("kept", encoding="utf-8")
    with pytest.raises(ValueError, match="this repository has already"):
        render(tmp_path, pipeline="orders")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [there]
    assert there.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("owner", " "),
        ("owner", "the\nteam"),
        ("description", "two\nlines"),
        ("schedule", "daily"),
        ("schedule", "0 6 * * * *"),
        ("schedule", "0 6 * * *\n"),
    ],
)
def test_an_answer_that_is_no_such_thing_is_refused(
    tmp_path: Path, answer: str, value: str
) -> None:
    with pytest.raises(ValueError, match=f"question '{answer}'"):
        render(tmp_path, pipeline="orders", **{answer: value})


@pytest.mark.parametrize("text", ['it\'s: "ours" # \\ {{ x }} @{x}@', "Blåbær", "null", "- a"])
def test_text_stays_as_it_was_typed(tmp_path: Path, text: str) -> None:
    folder = render(tmp_path, pipeline="orders", owner=text, description=text, schedule="")
    settings = yaml.safe_load((folder / "config/pipeline.yml").read_text(encoding="utf-8"))
    assert (settings["owner"], settings["description"]) == (text, text)
    assert settings["schedule"] is None


def test_no_delimiter_is_left_and_those_of_dbt_stay(tmp_path: Path) -> None:
    render(tmp_path, pipeline="orders")
    texts = {
        path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()
    }
    assert not [path for path, text in texts.items() if "@{" in f"{path}{text}" or "}@" in text]
    assert any("{{ ref('stg_orders__records') }}" in text for text in texts.values())


def test_two_pipelines_differ_by_their_name_alone(tmp_path: Path) -> None:
    """So nothing of one has to be edited because of the other."""
    names = ("orders", "zebra_9")
    folders = [render(tmp_path, pipeline=name) for name in names]
    first, second = (
        {
            str(path.relative_to(folder)).replace(name, "NAME"): path.read_text(
                encoding="utf-8"
            ).replace(name, "NAME")
            for path in folder.rglob("*")
            if path.is_file()
        }
        for name, folder in zip(names, folders, strict=True)
    )
    assert first == second


def test_dbt_finds_no_python_among_its_models(tmp_path: Path) -> None:
    """It would take any module in its folders for a model."""
    assert not list((render(tmp_path, pipeline="orders") / "dbt").rglob("*.py"))
