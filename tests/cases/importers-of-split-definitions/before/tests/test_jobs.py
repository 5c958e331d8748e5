from unittest.mock import patch

import shop.defs.jobs
from shop.defs import assets as shop_assets
from shop.defs import jobs as j


@patch("shop.defs.jobs._listed", return_value=["a.csv"])
def test_new_files(listed):
    assert [r.run_key for r in shop.defs.jobs.new_files(None)] == ["a.csv"]


def test_inbox(monkeypatch, tmp_path):
    (tmp_path / "b.csv").touch()
    monkeypatch.setattr(j, "INBOX", str(tmp_path))
    assert [r.run_key for r in j.new_files(None)] == ["b.csv"]


def test_is_due(monkeypatch):
    monkeypatch.setattr("shop.defs.jobs.is_due", lambda hour: False)
    assert j.every_night is not None


def test_assets():
    assert shop_assets.orders() == [1, 2]
    assert shop_assets.has_orders()
