"""An answer that names folders: with another one they have another name."""

from __future__ import annotations

from relayout.evolution.renamed_answers import moves_by_answers

OLD = {"package": "shop", "pipeline": "orders"}
BASE = ["README.md", "src/shop/orders/etl.py", "src/shop/shared.py", "configs/dev/orders.toml"]


def moves(*paths: str, **new: str) -> dict[str, str]:
    answers = {**OLD, **new}
    theirs = [
        path.replace("shop", answers["package"]).replace("orders", answers["pipeline"])
        for path in BASE
    ]
    return moves_by_answers([*BASE, *paths], BASE, theirs, OLD, answers)


def test_what_the_user_put_there_goes_along() -> None:
    assert moves("src/shop/orders/sql/mine.sql", pipeline="sales") == {
        "src/shop/orders/etl.py": "src/shop/sales/etl.py",
        "configs/dev/orders.toml": "configs/dev/sales.toml",
        "src/shop/orders/sql/mine.sql": "src/shop/sales/sql/mine.sql",
    }


def test_a_package_and_its_pipeline_are_renamed_at_once() -> None:
    found = moves("src/shop/mine/orders.py", package="store", pipeline="sales")
    assert found["src/shop/orders/etl.py"] == "src/store/sales/etl.py"
    assert found["src/shop/mine/orders.py"] == "src/store/mine/orders.py"


def test_the_same_answers_move_nothing() -> None:
    assert not moves("src/shop/orders/mine.py")


def test_what_is_not_rendered_under_the_new_name_stays() -> None:
    assert not moves_by_answers(BASE, BASE, ["README.md"], OLD, {**OLD, "pipeline": "sales"})


def test_a_longer_word_is_another_name() -> None:
    base = ["src/shop/orders_late.py", "src/shop/orders.py"]
    theirs = ["src/shop/orders_late.py", "src/shop/sales.py"]
    found = moves_by_answers(base, base, theirs, OLD, {**OLD, "pipeline": "sales"})
    assert found == {"src/shop/orders.py": "src/shop/sales.py"}
