import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "src" / "orders"))
import clean

print(clean.clean([]))
