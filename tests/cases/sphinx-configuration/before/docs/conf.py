# Configuration of the documentation.
import os
import sys
from pathlib import Path

# Where autodoc finds the code.
sys.path.insert(0, os.path.abspath(".."))
sys.path.append(str(Path(__file__).parent / "_ext"))

project = "shop"
extensions = [
    "sphinx.ext.autodoc",
    "price_tables",
]
html_theme = "alabaster"
