import json
from pathlib import Path

EVENT = json.loads((Path(__file__).parent / "events" / "order.json").read_text())
