from builders import three
from names import NAME
from pipelines.jobs.load import total


def test_total():
    assert total() == three() and NAME == "unit"
