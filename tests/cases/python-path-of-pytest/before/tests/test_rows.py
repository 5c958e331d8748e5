import factories
import rows
from rows import read


def test_read():
    assert read() == rows.read() == [factories.order()]
