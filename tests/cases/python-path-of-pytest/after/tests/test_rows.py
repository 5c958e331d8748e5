import factories
from pipelines.jobs import rows
from pipelines.jobs.rows import read


def test_read():
    assert read() == rows.read() == [factories.order()]
