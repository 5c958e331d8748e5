from pathlib import Path

# The settings are in the root
settings = Path(__file__).resolve().parents[3] / "settings.yml"

print(settings.read_text())
