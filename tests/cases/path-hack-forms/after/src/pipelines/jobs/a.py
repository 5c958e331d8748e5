import os
from pipelines.utils import names

print(os.sep, names.NAME)
