from lookup import server
from lookup.hints import hint_for


def test_answer():
    assert server.answer("a") == hint_for("a")
