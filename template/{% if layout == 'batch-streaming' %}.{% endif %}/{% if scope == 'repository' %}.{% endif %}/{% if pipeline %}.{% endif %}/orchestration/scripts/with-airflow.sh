#!/usr/bin/env bash
# Start a program of Airflow's environment for this repository, for example:
#   orchestration/scripts/with-airflow.sh airflow dags list
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [[ $# -eq 0 || ! -x $root/.venv-airflow/bin/$1 ]]; then
    echo "usage: $0 PROGRAM [ARGUMENT...], where PROGRAM is one of .venv-airflow/bin; make setup makes it" >&2
    exit 2
fi
export PROJECT_DIR=$root
export AIRFLOW_HOME=$root/.airflow
export AIRFLOW_CONFIG=$root/orchestration/airflow/airflow.cfg
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
mkdir -p "$AIRFLOW_HOME"
exec "$root/.venv-airflow/bin/$1" "${@:2}"
