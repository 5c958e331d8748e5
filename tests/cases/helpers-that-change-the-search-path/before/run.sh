python3 jobs/load.py
python3 jobs/report.py
