def test_rate(apps):
    from billing import RATE

    assert RATE == 0.2
