import sys
from pathlib import Path

# The settings are in the root
here = Path(__file__).parent
settings = here.parent / "settings.yml"

# Add the root to the path
root = Path(__file__).resolve().parent.parent
sys.path.append(str(root))

print(settings.read_text())
