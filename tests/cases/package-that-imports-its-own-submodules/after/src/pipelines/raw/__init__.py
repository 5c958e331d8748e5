from . import bonus, exchange
from .load import plain
