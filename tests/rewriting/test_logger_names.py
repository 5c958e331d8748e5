"""Logging configurations that name loggers of modules that moved."""

from __future__ import annotations

import pytest

from migrations import migrate_files

BASE = {
    "Makefile": "a:\n\tpython run.py\n",
    "run.py": "from etl import load\nfrom shop import orders\n",
    "etl/load.py": "import logging\nlog = logging.getLogger(__name__)\n",
    "shop/orders.py": "import logging\nlog = logging.getLogger('shop.orders')\n",
}


def reported(path: str, text: str) -> list[tuple[str, int, str]]:
    findings = migrate_files({**BASE, path: text}).plan.findings
    return [(f.path, f.line, f.message) for f in findings if f.code == "module-name-visible"]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("config/log.yml", "version: 1\nloggers:\n  etl.load: {level: INFO}\n", 3),
        ("config/log.yaml", "logging:\n  loggers:\n    'etl':\n      level: INFO\n", 3),
        ("config/log.json", '{"x": [{"loggers": {\n"etl.load": {}}}]}', 2),
        ("config/log.toml", '[log.loggers."etl.load"]\nlevel = "INFO"\n', 1),
        ("config/log.ini", "[loggers]\nkeys=etl\n[logger_etl]\nqualname = etl.load\n", 4),
        ("config/log.conf", "[logger_etl]\r\nqualname:etl\r\n", 2),
    ],
)
def test_a_configured_logger_of_a_moved_module_is_reported(path: str, text: str, line: int) -> None:
    [(where, number, message)] = reported(path, text)
    assert (where, number) == (path, line)
    assert "etl/load.py makes the logger pipelines.etl.load" in message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/log.yml", "loggers:\n  shop.orders: {}\n  other.thing: {}\n  load: {}\n"),
        ("config/log.yml", "loggers: [etl.load]\netl.load: 1\n"),
        ("config/log.yml", "loggers:\n  - {a\n"),
        ("config/log.toml", "loggers = [\n"),
        ("config/log.json", '{"loggers": {"1": {}}, "etl.load": 1}'),
        ("config/log.txt", "loggers:\n  etl.load: {}\n"),
        ("config/log.yml", "loggers:\n  1: {}\n"),
        ("config/log.yml", "loggers:\n  etl.load: {}\n" + "#" * 100_001),
    ],
)
def test_free_names_other_keys_and_broken_files_are_not(path: str, text: str) -> None:
    assert reported(path, text) == []
