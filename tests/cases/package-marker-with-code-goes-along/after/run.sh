python jobs/nightly/load.py
