"""Programs of this repository for its tests, which load them by their path: nothing installs them."""

import sys
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Return a function that loads a program as it is when it is started: its folder comes first."""

    def by_path(path: str) -> Any:
        file = ROOT / path
        monkeypatch.syspath_prepend(str(file.parent))
        spec = spec_from_loader(file.stem, SourceFileLoader(file.stem, str(file)))
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        monkeypatch.setitem(sys.modules, file.stem, module)
        spec.loader.exec_module(module)
        return module

    return by_path
