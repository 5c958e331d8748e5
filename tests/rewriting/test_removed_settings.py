"""PYTHONPATH is taken out of Dockerfiles and compose files, and nothing else with it."""

from __future__ import annotations

import pytest

from relayout.inventory.configured_paths.compose import services_of
from relayout.inventory.configured_paths.yaml_files import entries
from relayout.rewriting.removed_settings import out_of_dockerfile, out_of_environment
from relayout.source import apply_edits
from relayout.tree import Tree


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("ENV PYTHONPATH=/app\nCMD x\n", "CMD x\n"),
        ("ENV PYTHONPATH /app:/b\nCMD x\n", "CMD x\n"),
        ('ENV PYTHONPATH="/app:$PYTHONPATH"', ""),
        ("ENV A=1 PYTHONPATH=/app B=2\n", "ENV A=1 B=2\n"),
        ("ENV PYTHONPATH=/app B='x y'\n", "ENV B='x y'\n"),
        ("ENV A=1 \\\n    PYTHONPATH=/app \\\n    B=2\n", "ENV A=1 \\\n    B=2\n"),
        ("ENV A=1 \\\r\n    PYTHONPATH=/app\r\nCMD x\r\n", "ENV A=1\r\nCMD x\r\n"),
    ],
)
def test_an_instruction(text: str, becomes: str) -> None:
    assert apply_edits(text, [out_of_dockerfile(text, [1])[1]]) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "ENV A=1\n",
        "RUN x\n",
        "ENV A=1 \\\n# why\n  PYTHONPATH=/app\n",
        "ENV",
        "ENV MY_PYTHONPATH=/a\n",
    ],
)
def test_an_instruction_that_stays(text: str) -> None:
    assert not out_of_dockerfile(text, [1])


def without(text: str) -> str:
    """Return a compose file without the setting in its first service."""
    services = dict(services_of("compose.yml", Tree.of({"compose.yml": text})))
    key, value = entries(next(iter(services.values())))["environment"]
    return apply_edits(text, list(out_of_environment(text, key, value)))


@pytest.mark.parametrize(
    ("environment", "becomes"),
    [
        ("      A: b\n      PYTHONPATH: /app  # ours\n", "      A: b\n"),
        ("      - PYTHONPATH=/app\n      - A=b\n", "      - A=b\n"),
        ('      - "PYTHONPATH=/app"\r\n      - A=b\r\n', "      - A=b\r\n"),
        (
            "      A: b\n      PYTHONPATH: >-\n        /app\n",
            "      A: b\n      PYTHONPATH: >-\n        /app\n",
        ),
        ("      A: b\n", "      A: b\n"),
    ],
)
def test_a_service(environment: str, becomes: str) -> None:
    head = "services:\n  a:\n    environment:\n"
    assert without(f"{head}{environment}    image: x\n") == f"{head}{becomes}    image: x\n"


def test_the_key_goes_with_the_last_setting() -> None:
    text = "services:\n  a:\n    environment:\n      PYTHONPATH: /app\n    image: x\n"
    assert without(text) == "services:\n  a:\n    image: x\n"
    anchored = text.replace("environment:", "environment: &e")
    assert without(anchored) == anchored


def test_a_flow_stays() -> None:
    text = "services:\n  a:\n    environment: {PYTHONPATH: /app}\n"
    assert without(text) == text
