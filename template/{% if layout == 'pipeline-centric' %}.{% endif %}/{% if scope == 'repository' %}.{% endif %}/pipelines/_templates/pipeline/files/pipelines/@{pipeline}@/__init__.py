"""The pipeline @{pipeline}@."""

from pathlib import Path

NAME = "@{pipeline}@"
FOLDER = Path(__file__).resolve().parent
