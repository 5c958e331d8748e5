from warehouse import load


def test_load():
    assert load()[0] == "in"
