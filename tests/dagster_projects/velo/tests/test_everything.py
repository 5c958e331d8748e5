import importlib
from unittest import mock

import dagster as dg

import velo_platform.defs.everything
from velo_platform.defs import everything as ev
from velo_platform.defs.everything import BackfillConfig, announce, days_between, weekly


def test_days():
    assert list(days_between("2024-02-28", "2024-03-01")) == ["2024-02-28", "2024-02-29", "2024-03-01"]


def test_announce():
    assert announce(dg.build_op_context(), BackfillConfig()) == "basel:all"


@mock.patch("velo_platform.defs.everything._who", return_value="Ada")
def test_dry_run(who):
    announce(dg.build_op_context(), BackfillConfig(dry_run=True))
    who.assert_called_once()


def test_inbox(monkeypatch, tmp_path):
    (tmp_path / "late.csv").write_text("")
    monkeypatch.setattr("velo_platform.defs.everything.LANDING", str(tmp_path))
    [request] = ev.late_trips(dg.build_sensor_context())
    assert request.run_key == "basel:late.csv"


def test_no_inbox(monkeypatch):
    monkeypatch.setattr(ev, "LANDING", "/nowhere")
    assert isinstance(ev.late_trips(dg.build_sensor_context()), dg.SkipReason)


def test_weekly():
    assert weekly(dg.build_schedule_context()).run_key.startswith("basel:")


def test_names():
    weekly_again = importlib.import_module("velo_platform.defs.everything").weekly
    assert weekly_again is weekly
    assert velo_platform.defs.everything.nightly_job.name == "nightly_job"
