from pathlib import Path

from tool.types import T

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data" / "a.csv"
