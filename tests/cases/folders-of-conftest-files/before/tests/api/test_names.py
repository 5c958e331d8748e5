from api.names import NAME
from builders import three


def test_name():
    assert NAME == "api" and three()
