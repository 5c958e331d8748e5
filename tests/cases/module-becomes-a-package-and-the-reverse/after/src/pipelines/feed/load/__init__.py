from .. import names
from ..names import FIRST
from pipelines.feed.sizes import LARGE as size


def load():
    return names.FIRST, FIRST, size
