from jaffle.assets.core.items import items


def test_items():
    assert items()
