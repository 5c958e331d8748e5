"""One JSON document that any reader takes, whatever the file names are."""

from __future__ import annotations

import json

from migrations import checks_of, migrate_files
from relayout.reporting.as_json import checks_document, plan_document
from relayout.reporting.json_text import dump
from workbench import LEGACY


def test_names_that_are_not_utf8_are_shown_as_escapes() -> None:
    text = dump({"path": "caf\udce9", "list": ["\udcff"], "né": ("é", 1, None, True)})
    text.encode("utf-8")
    assert json.loads(text) == {"path": "caf\\xe9", "list": ["\\xff"], "né": ["é", 1, None, True]}


def test_a_plan_as_a_document() -> None:
    files = {**LEGACY, "remote.sh": "ssh host 'python scripts/load.py'\n"}
    document = json.loads(dump(plan_document(migrate_files(files).plan)))
    assert document["layout"] == "src-layout"
    assert document["package"] == "pipelines"
    assert document["empty"] is False
    assert {move["from"] for move in document["moves"]} == {p for p in LEGACY if p.endswith(".py")}
    assert [entry["path"] for entry in document["kept"]] == ["Makefile", "remote.sh"]
    assert document["scripts"] == {"load": "pipelines.scripts.load:main"}
    assert set(document["findings"][0]) == {"code", "path", "line", "message", "help"}


def test_checks_as_a_document() -> None:
    checks = list(checks_of(migrate_files(LEGACY)).values())
    document = json.loads(dump(checks_document(checks)))
    assert document["passed"] is False, "there is no pyproject.toml"
    by_name = {check["name"]: check for check in document["checks"]}
    assert by_name["imports-resolve"]["broken_before"] == 0
    assert by_name["imports-resolve"]["broken_after"] == 0
    for check in by_name.values():
        assert check["passed"] is (check["measured"] == 0)
        assert isinstance(check["details"], list)
