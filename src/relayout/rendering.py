"""What the template gives for one set of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ANSWERS = ".copier-answers.yml"
"""Where Copier records the answers."""


@dataclass(frozen=True)
class Rendering:
    """Files by path, those of them that are executable, and the answers they came from."""

    files: Mapping[str, bytes]
    executable: frozenset[str]
    answers: Mapping[str, Any]
