from paint.abc import Thick


def test_draw():
    assert Thick().draw() == "thick"


def test_brush():
    from paint.brushes import Brush

    assert Brush.__abstractmethods__ == {"paint"}
