import sys

try:
    sys.path.insert(0, __file__.rsplit("/", 2)[0] + "/lib")
except OSError:
    pass
import names

print(names.NAME)
