from . import leaf
from .leaf import VALUE as _value

NAME = f"below {_value}"
