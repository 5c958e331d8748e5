# Configuration of the documentation.
import sys
from pathlib import Path

# Where autodoc finds the code.
sys.path.append(str(Path(__file__).parent / "_ext"))

project = "shop"
extensions = [
    "sphinx.ext.autodoc",
    "price_tables",
]
html_theme = "alabaster"
