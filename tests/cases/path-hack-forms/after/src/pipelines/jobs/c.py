from pathlib import Path as P

HERE = P(__file__).parent
from pipelines.utils.names import NAME

print(NAME, HERE.name)
