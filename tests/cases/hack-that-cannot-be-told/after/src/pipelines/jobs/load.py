import os
import sys

sys.path.insert(0, os.environ["PLUGINS"])
from pipelines.utils import names

print(names.N)
