from jaffle.assets.raw.core.items import items


def test_items():
    assert items()
