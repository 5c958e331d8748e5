import os

BASE_DIR = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
CONFIG = os.path.join(BASE_DIR, "configs", "a.toml")
OUT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "..", "out", "today.csv"))
print(open(CONFIG).read(), OUT)
