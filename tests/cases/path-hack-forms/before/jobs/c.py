import sys
from pathlib import Path as P

HERE = P(__file__).parent
for folder in [HERE, HERE.parent.joinpath("lib")]:
    sys.path.append(str(folder))
from names import NAME

print(NAME, HERE.name)
