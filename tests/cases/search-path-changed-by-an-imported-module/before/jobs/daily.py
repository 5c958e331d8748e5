import _paths  # noqa: F401
import names

print(names.NAME)
