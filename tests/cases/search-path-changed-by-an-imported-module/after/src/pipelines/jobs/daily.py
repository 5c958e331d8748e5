from pipelines.jobs import _paths  # noqa: F401
from pipelines.utils import names

print(names.NAME)
