"""A template of a pipeline gives the pipeline again, and others like it."""

from __future__ import annotations

import pytest

from relayout.conversions.pipeline_template import PipelineTemplate, make_template
from relayout.errors import Refusal
from relayout.inventory import take_inventory
from relayout.tree import EXECUTABLE, Tree

LOADER = """\
from requests import get

ORDER_LINES_URL = "https://example.org/order_lines/v1"


class OrderLinesLoader:
    \"\"\"Loads order lines, and marks them: @{ order_lines }@.\"\"\"

    def run(self) -> None:
        get(ORDER_LINES_URL)
"""
ASSETS = """\
from dagster import asset

from pipelines.order_lines.scripts.load import OrderLinesLoader
from pipelines.shared.utilities.common import order_lines as shared_order_lines


@asset(group_name="order_lines")
def order_lines_raw() -> None:
    OrderLinesLoader().run()
    shared_order_lines()
"""
SETTINGS = 'description: Lines.\nowner: Sales\nschedule: "0 5 * * *" # daily\nsources: []\n'
OWN = "pipelines/order_lines"
FILES: dict[str, bytes | str] = {
    "pipelines/__init__.py": "",
    "pipelines/shared/utilities/common.py": "def order_lines() -> None: ...\n",
    f"{OWN}/__init__.py": "",
    f"{OWN}/scripts/load.py": LOADER,
    f"{OWN}/orchestration/definitions.py": ASSETS,
    f"{OWN}/config/pipeline.yml": SETTINGS,
    f"{OWN}/dbt/dbt_project.yml": "name: order_lines\n",
    f"{OWN}/dbt/models/order_lines_daily.sql": "select * from {{ ref('stg_order_lines') }}\n",
    f"{OWN}/dbt/target/manifest.json": "{}",
    f"{OWN}/docs/README.md": "# Order lines\n\nSee ORDER_LINES.\n",
    f"{OWN}/.copier-answers.yml": "pipeline: order_lines\n",
}
FILES_OF = "pipelines/_templates/lines/files/pipelines/@{pipeline}@"


def made(**changes: bytes | str) -> PipelineTemplate:
    tree = Tree.of({**FILES, **{path.replace("__", "/"): text for path, text in changes.items()}})
    return make_template(take_inventory(tree), OWN, "lines")


def text(template: PipelineTemplate, inner: str) -> str:
    return template.files[f"{FILES_OF}/{inner}"].decode()


def test_names_become_what_is_asked_for_in_every_form() -> None:
    template = made()
    assert template.questions == ("pipeline", "description", "owner", "schedule")
    assert text(template, "dbt/models/@{pipeline}@_daily.sql") == (
        "select * from {{ ref('stg_@{pipeline}@') }}\n"
    )
    assert text(template, "docs/README.md") == (
        '# @{pipeline | replace("_", " ") | capitalize}@\n\nSee @{pipeline | upper}@.\n'
    )
    loader = text(template, "scripts/load.py")
    assert 'class @{pipeline | replace("_", " ") | title | replace(" ", "")}@Loader:' in loader
    assert '@{pipeline | upper}@_URL = "https://example.org/order_lines/v1"' in loader


def test_names_of_others_stay_and_are_told() -> None:
    template = made()
    code = text(template, "orchestration/definitions.py")
    assert "from pipelines.@{pipeline}@.scripts.load import" in code
    assert "import order_lines as shared_@{pipeline}@" in code
    assert "    shared_@{pipeline}@()" in code
    told = [(remark.path, remark.line) for remark in template.remarks]
    assert (f"{OWN}/scripts/load.py", 3) in told
    assert (f"{OWN}/orchestration/definitions.py", 4) in told


def test_marks_in_the_pipelines_own_text_are_escaped() -> None:
    assert '@{ "@{" }@' in text(made(), "scripts/load.py")


def test_settings_are_asked_for_and_keep_their_comments() -> None:
    lines = text(made(), "config/pipeline.yml").splitlines()
    assert lines[2] == "schedule: @{schedule | to_json if schedule else 'null'}@ # daily"
    assert lines[3] == "sources: []"


def test_what_is_made_anew_or_is_nobodys_business_is_left_out() -> None:
    template = made(**{f"{OWN}/.env": "KEY=1\n", f"{OWN}/.env.example": "KEY=\n"})
    inner = {path.removeprefix(f"{FILES_OF}/") for path in template.files}
    assert not {"dbt/target/manifest.json", ".copier-answers.yml", ".env"} & inner
    assert ".env.example" in inner
    assert [r.text for r in template.remarks if r.path.endswith(".env")] == ["it may hold secrets"]


def test_files_stay_executable() -> None:
    tree = Tree.of({**FILES, f"{OWN}/scripts/run": "#!/bin/sh\n"})
    tree = tree.with_modes({f"{OWN}/scripts/run": EXECUTABLE})
    template = make_template(take_inventory(tree), OWN, "lines")
    assert template.executable == {f"{FILES_OF}/scripts/run"}
    assert template.of(tree)[f"{FILES_OF}/scripts/run"].mode == EXECUTABLE


def test_the_template_is_no_code_of_the_repository() -> None:
    tree = made().of(Tree.of(FILES))
    assert set(take_inventory(tree).python) == set(take_inventory(Tree.of(FILES)).python)


@pytest.mark.parametrize(
    ("folder", "name", "said"),
    [
        ("pipelines/none", "", "pipelines/none is no pipeline in HEAD"),
        ("pipelines", "", "pipelines is no pipeline in HEAD"),
        ("", "", ". is no pipeline in HEAD"),
        ("src/order_lines", "", "src/order_lines is no pipeline in HEAD"),
        (OWN, "Lines!", "'Lines!' is no name for a template"),
    ],
)
def test_what_cannot_be_is_refused(folder: str, name: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        make_template(take_inventory(Tree.of(FILES)), folder, name)


def test_a_template_that_is_there_is_not_overwritten() -> None:
    tree = made().of(Tree.of(FILES))
    with pytest.raises(Refusal, match="is there already"):
        make_template(take_inventory(tree), OWN, "lines")


def test_two_files_that_would_become_one_are_refused() -> None:
    with pytest.raises(Refusal, match="two files of a new pipeline would both be"):
        made(**{f"{OWN}/docs/made_by_template.md": "", f"{OWN}/docs/order_lines.md": ""})


def test_a_name_that_breaks_code_under_another_name_is_refused() -> None:
    both = "from order_lines_api import get\nfrom pipelines.order_lines import order_lines_api\n"
    with pytest.raises(Refusal, match="another name breaks an import in it"):
        made(
            **{
                f"{OWN}/scripts/rows.py": both,
                f"{OWN}/order_lines_api.py": "rows = 1\n",
                "order_lines_api.py": "get = 1\n",
            }
        )


def test_an_import_of_another_module_of_the_name_stays() -> None:
    both = "from order_lines import get\nfrom pipelines.order_lines.scripts import load\n"
    template = made(**{f"{OWN}/scripts/rows.py": both, "order_lines.py": "get = 1\n"})
    assert text(template, "scripts/rows.py") == (
        "from order_lines import get\nfrom pipelines.@{pipeline}@.scripts import load\n"
    )
