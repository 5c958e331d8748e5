try:
    pass
except OSError:
    pass
from pipelines.utils import names

print(names.NAME)
