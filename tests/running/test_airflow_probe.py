"""What a file could not be loaded without stands in."""

from __future__ import annotations

import pytest

from relayout.running import airflow_probe

TRACE = 'Traceback (most recent call last):\n  File "/x/dags/a.py", line 3, in <module>\n'


@pytest.mark.parametrize(
    ("error", "name", "value"),
    [
        ("KeyError: 'Variable region does not exist'\n", "AIRFLOW_VAR_REGION", "1"),
        ("KeyError: 'Variable shop-1.x does not exist.'\n", "AIRFLOW_VAR_SHOP-1.X", "1"),
        (
            "airflow.sdk.exceptions.AirflowRuntimeError: VARIABLE_NOT_FOUND: "
            "{'message': 'Variable region not found'}\n",
            "AIRFLOW_VAR_REGION",
            "1",
        ),
        (
            "airflow.exceptions.AirflowNotFoundException: The conn_id `db` isn't defined\n",
            "AIRFLOW_CONN_DB",
            "generic://none",
        ),
        (
            '  File "<frozen os>", line 679, in __getitem__\n    raise KeyError(key)\n'
            "KeyError: 'Shop_Code'\n",
            "Shop_Code",
            "1",
        ),
        (
            "  File \"/usr/lib/python3.10/os.py\", line 680, in __getitem__\nKeyError: 'CODE'\n",
            "CODE",
            "1",
        ),
    ],
)
def test_what_is_asked_for_gets_a_value(error: str, name: str, value: str) -> None:
    code = '    raise KeyError(f"Variable {key} does not exist")\n'
    assert airflow_probe._asked(TRACE + code + error) == {name: value}


@pytest.mark.parametrize("error", ["", "KeyError: 'CODE'\n", "ValueError: Variable\n"])
def test_other_errors_ask_for_nothing(error: str) -> None:
    assert airflow_probe._asked(TRACE + error) == {}


def test_where_a_number_will_not_do_a_mapping_stands_in() -> None:
    given = {"AIRFLOW_VAR_JOBS": "1", "CODE": "1"}
    wanted = "AttributeError: 'int' object has no attribute 'items'"
    assert airflow_probe._more(wanted, given) == {"AIRFLOW_VAR_JOBS": "{}"}
    assert airflow_probe._more("AttributeError: no", given) == {}
