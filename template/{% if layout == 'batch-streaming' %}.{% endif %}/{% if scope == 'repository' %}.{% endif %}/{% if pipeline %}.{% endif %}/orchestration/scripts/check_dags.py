"""Load every DAG, and run each of them once, or only those that are named.

A DAG runs as `airflow dags test` runs it: its tasks start their commands for real, one after the other,
without a scheduler. All of them share this process, since Airflow takes longer to start than most DAGs
take to run. It needs Airflow's environment:

    orchestration/scripts/with-airflow.sh python orchestration/scripts/check_dags.py [DAG ...]
"""

import sys
import time
from pathlib import Path

from airflow import settings
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import DAG
from airflow.utils.db import initdb

BUNDLE = "dags-folder"  # what Airflow calls the folder that its configuration names


def main(names: list[str]) -> int:
    """Return 0 if all DAGs load and run, 1 if one does not, and 2 if one is named that is not there."""
    folder = Path(settings.DAGS_FOLDER)
    initdb()
    bag = BundleDagBag(folder, bundle_path=folder, bundle_name=BUNDLE)
    for file, error in sorted(bag.import_errors.items()):
        print(f"{file} does not load:\n{error}", file=sys.stderr)
    unknown = sorted(set(names) - set(bag.dags))
    if unknown:
        print(f"no DAG is called {', '.join(unknown)}", file=sys.stderr)
        return 2
    passed = [runs(bag.dags[name]) for name in names or sorted(bag.dags)]
    print(f"{sum(passed)} of {len(passed)} DAGs ran; {len(bag.import_errors)} files do not load")
    return 0 if passed and all(passed) and not bag.import_errors else 1


def runs(dag: DAG) -> bool:
    """Run a DAG, say how long it took, and return whether all went well."""
    for task in dag.tasks:
        task.retries = 0  # what fails here is looked into, not waited for
    started = time.monotonic()
    run = dag.test()
    seconds = time.monotonic() - started
    states = {task.task_id: task.state for task in run.get_task_instances()}
    tasks = [f"{task.task_id} {states.get(task.task_id)}" for task in dag.topological_sort()]
    print(f"{dag.dag_id}: {run.state} after {seconds:.1f} s ({', '.join(tasks)})", flush=True)
    return str(run.state) == "success"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
