import sys
from types import ModuleType
from unittest import mock
from unittest.mock import patch

import pytest
from orders.load import load

CLIENT = "orders.utils.warehouse.Client"


@patch("orders.load.warehouse.write", return_value="patched")
def test_a_decorator(write, rows):
    assert load(rows) == "patched"


@mock.patch("orders.load.warehouse")
@patch.dict("orders.utils.settings.LIMITS", {"rows": 1})
def test_names_in_the_importer(warehouse, rows):
    load(rows)
    warehouse.write.assert_called_once_with([1])


def test_a_class(rows):
    with patch(f"{CLIENT}.send", return_value=9), patch.multiple(CLIENT, region="us"):
        assert load(rows) == 9


def test_a_target_by_keyword(rows):
    with patch(target="orders.utils.warehouse.Client.send", new=lambda self, rows: "new"):
        assert load(rows) == "new"


@pytest.mark.parametrize("name", ["write", "Client"])
def test_a_name_that_is_only_known_later(name):
    with patch(f"orders.utils.warehouse.{name}"), patch("orders.utils.warehouse.%s" % name):
        pass


def test_the_fixture(monkeypatch, rows):
    monkeypatch.setattr("orders.utils.warehouse.write", len)
    monkeypatch.setattr("os.getcwd", lambda: "/")
    monkeypatch.setattr(sys, "argv", ["orders.load"])
    with monkeypatch.context() as patched:
        patched.setattr("orders.utils.warehouse.Client.region", "us")
        patched.delattr("orders.utils.warehouse.Client.send")
    assert load(rows) == 2


def test_modules(monkeypatch):
    fake = ModuleType("orders.fake")
    monkeypatch.setitem(sys.modules, "orders.utils.warehouse", fake)
    with patch.dict("sys.modules", {"orders.utils.settings": fake, "boto3": fake}):
        assert sys.modules["orders.utils.settings"] is sys.modules["orders.utils.warehouse"]
    monkeypatch.delitem(sys.modules, "orders.utils.settings")
    assert sys.modules.get("orders.utils.settings") is None


def test_other_plugins(mocker=None):
    if mocker is not None:
        mocker.patch("orders.utils.warehouse.write")
        mocker.patch.dict("orders.utils.settings.LIMITS", {})
        mocker.patch("requests.get")
