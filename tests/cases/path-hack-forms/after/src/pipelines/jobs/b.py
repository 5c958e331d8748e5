import sys

from pipelines.utils import names  # the names

print(names.NAME, sys.argv[0])
