"""A suite that can be released."""

import shutil
from pathlib import Path

import pytest
from checkouts import FILES, Checkout

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a suite that has no release yet."""
    made = Checkout(tmp_path / "suite")
    for path, text in FILES.items():
        made.write(path, text)
    for name in ("bundles", "make_release", "make_tags"):
        (made.folder / "releases").mkdir(exist_ok=True)
        shutil.copy(ROOT / "releases" / f"{name}.py", made.folder / "releases")
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit("A suite")
    return made
