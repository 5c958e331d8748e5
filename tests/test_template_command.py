"""``relayout template``: a template for new pipelines out of one that is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from copier import run_copy

from workbench import Files, git, head, relayout, snapshot

Make = Callable[[Files], Path]

ORDERS: Files = {
    "pipelines/__init__.py": "",
    "pipelines/orders/__init__.py": "",
    "pipelines/orders/config/pipeline.yml": "owner: Sales\nschedule: null\n",
    "pipelines/orders/orchestration/definitions.py": "GROUP = 'orders'\n\n\nclass OrdersJob: ...\n",
    "pipelines/orders/dbt/models/orders_daily.sql": "select * from {{ ref('stg_orders') }}\n",
}


def test_it_is_a_template_of_copiers_on_a_branch_of_its_own(
    repository: Make, tmp_path: Path
) -> None:
    made = repository(ORDERS)
    before = head(made)
    done = relayout("template", "pipelines/orders", "--name", "sales", "--json", cwd=made)
    assert done.status == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["questions"] == ["pipeline", "owner", "schedule"]
    assert (said["branch"], said["commit"]) == ("relayout/template-sales", head(made))
    assert git(made, "rev-parse", "HEAD~1").strip() == before
    target = tmp_path / "out"
    template = made / "pipelines/_templates/sales"
    run_copy(str(template), target, data={"pipeline": "late_fees"}, defaults=True, quiet=True)
    model = target / "pipelines/late_fees/dbt/models/late_fees_daily.sql"
    assert model.read_text() == "select * from {{ ref('stg_late_fees') }}\n"
    code = (target / "pipelines/late_fees/orchestration/definitions.py").read_text()
    assert code == "GROUP = 'late_fees'\n\n\nclass LateFeesJob: ...\n"
    settings = (target / "pipelines/late_fees/config/pipeline.yml").read_text()
    assert settings == 'owner: "Sales"\nschedule: null\n'


def test_undo_returns_to_the_branch_that_it_came_from(repository: Make) -> None:
    made = repository(ORDERS)
    before = head(made)
    assert relayout("template", str(made / "pipelines/orders"), cwd=made.parent).status == 0
    assert relayout("undo", cwd=made).status == 0
    assert head(made) == before
    assert not (made / "pipelines/_templates").exists()


def test_what_cannot_be_is_refused_and_nothing_is_written(repository: Make, tmp_path: Path) -> None:
    made = repository(ORDERS)
    before = snapshot(made)
    for pipeline, said in (
        ("pipelines/none", "pipelines/none is no pipeline in HEAD"),
        (".", "is no pipeline in HEAD"),
        (str(tmp_path.parent.parent.parent), "is in no git repository"),
    ):
        done = relayout("template", pipeline, cwd=made)
        assert (done.status, said in done.stderr) == (2, True), done.stderr
    assert snapshot(made) == before
