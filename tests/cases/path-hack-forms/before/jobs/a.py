import os, sys
sys.path.append(os.path.join(os.path.dirname(__file__), "..", "lib"))
import names

print(os.sep, names.NAME)
