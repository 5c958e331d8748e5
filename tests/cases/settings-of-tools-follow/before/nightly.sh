set -e
python etl/load.py
python reports/run.py
