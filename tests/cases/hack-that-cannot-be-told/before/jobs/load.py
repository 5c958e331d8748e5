import os
import sys

sys.path.insert(0, os.environ["PLUGINS"])
sys.path.insert(0, "lib")
import names

print(names.N)
