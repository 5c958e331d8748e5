import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "utils"))
from pipelines.utils import db
import old_db
import beside

print(db.URL, old_db.URL, beside.X)
