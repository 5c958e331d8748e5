from unittest.mock import patch

import shop.jobs.sensors
from shop.assets import raw as shop_assets
from shop.checks import assets_checks
from shop.jobs import sensors as jobs_sensors, schedules as jobs_schedules


@patch("shop.jobs.sensors._listed", return_value=["a.csv"])
def test_new_files(listed):
    assert [r.run_key for r in shop.jobs.sensors.new_files(None)] == ["a.csv"]


def test_inbox(monkeypatch, tmp_path):
    (tmp_path / "b.csv").touch()
    monkeypatch.setattr(jobs_sensors, "INBOX", str(tmp_path))
    assert [r.run_key for r in jobs_sensors.new_files(None)] == ["b.csv"]


def test_is_due(monkeypatch):
    monkeypatch.setattr("shop.jobs.schedules.is_due", lambda hour: False)
    assert jobs_schedules.every_night is not None


def test_assets():
    assert shop_assets.orders() == [1, 2]
    assert assets_checks.has_orders()
