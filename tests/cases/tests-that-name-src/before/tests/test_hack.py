import sys
from pathlib import Path

# Add the root to the path
sys.path.insert(0, str(Path(__file__).parent.parent))

from src.shop.prices import (
    RATE,
    gross,  # the old name
)


def test_gross():
    assert gross(1) == RATE
