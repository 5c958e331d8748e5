import sys
from types import ModuleType
from unittest import mock
from unittest.mock import patch

import pytest
from orders.load import load

CLIENT = "common.warehouse.Client"


@patch("orders.load.warehouse.write", return_value="patched")
def test_a_decorator(write, rows):
    assert load(rows) == "patched"


@mock.patch("orders.load.warehouse")
@patch.dict("common.settings.LIMITS", {"rows": 1})
def test_names_in_the_importer(warehouse, rows):
    load(rows)
    warehouse.write.assert_called_once_with([1])


def test_a_class(rows):
    with patch(f"{CLIENT}.send", return_value=9), patch.multiple(CLIENT, region="us"):
        assert load(rows) == 9


def test_a_target_by_keyword(rows):
    with patch(target="common.warehouse.Client.send", new=lambda self, rows: "new"):
        assert load(rows) == "new"


@pytest.mark.parametrize("name", ["write", "Client"])
def test_a_name_that_is_only_known_later(name):
    with patch(f"common.warehouse.{name}"), patch("common.warehouse.%s" % name):
        pass


def test_the_fixture(monkeypatch, rows):
    monkeypatch.setattr("common.warehouse.write", len)
    monkeypatch.setattr("os.getcwd", lambda: "/")
    monkeypatch.setattr(sys, "argv", ["orders.load"])
    with monkeypatch.context() as patched:
        patched.setattr("common.warehouse.Client.region", "us")
        patched.delattr("common.warehouse.Client.send")
    assert load(rows) == 2


def test_modules(monkeypatch):
    fake = ModuleType("orders.fake")
    monkeypatch.setitem(sys.modules, "common.warehouse", fake)
    with patch.dict("sys.modules", {"common.settings": fake, "boto3": fake}):
        assert sys.modules["common.settings"] is sys.modules["common.warehouse"]
    monkeypatch.delitem(sys.modules, "common.settings")
    assert sys.modules.get("common.settings") is None


def test_other_plugins(mocker=None):
    if mocker is not None:
        mocker.patch("common.warehouse.write")
        mocker.patch.dict("common.settings.LIMITS", {})
        mocker.patch("requests.get")
