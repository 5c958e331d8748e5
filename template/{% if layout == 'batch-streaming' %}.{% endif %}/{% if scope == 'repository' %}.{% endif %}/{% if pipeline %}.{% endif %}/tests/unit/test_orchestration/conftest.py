"""Airflow's own environment runs these tests: `make test` does so, and so does
`orchestration/scripts/with-airflow.sh pytest tests/unit/test_orchestration`.
"""

import os
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

if find_spec("airflow"):
    # Before Airflow is imported: it reads them then, and would use ~/airflow without them.
    os.environ["PROJECT_DIR"] = str(ROOT)
    os.environ["AIRFLOW_HOME"] = str(ROOT / ".airflow")
    os.environ["AIRFLOW_CONFIG"] = str(ROOT / "orchestration" / "airflow" / "airflow.cfg")


@pytest.fixture(scope="session")
def load() -> Callable[[Path], Any]:
    """Return what loads a folder of DAGs, as Airflow's own processor does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Airflow's modules warn of one another
        from airflow.dag_processing.dagbag import BundleDagBag

    def loaded(folder: Path) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return BundleDagBag(folder, bundle_path=folder, bundle_name="dags-folder")

    return loaded


@pytest.fixture(scope="session")
def bag(load: Callable[[Path], Any]) -> Any:
    """Return the DAGs of this repository."""
    return load(ROOT / "orchestration" / "airflow" / "dags")
