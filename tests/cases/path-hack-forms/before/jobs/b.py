import sys
from os.path import abspath, dirname, join

LIB = join(dirname(dirname(abspath(__file__))), "lib")
if LIB not in sys.path:
    sys.path.insert(0, LIB)

import names  # the names

print(names.NAME, sys.argv[0])
