import os

BASE_DIR = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONFIG = os.path.join(BASE_DIR, "configs", "a.toml")
OUT = os.path.join(os.path.dirname(__file__), "..", "..", "out", "today.csv")
print(open(CONFIG).read(), OUT)
