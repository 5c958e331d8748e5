exec python /usr/local/bin/run_all.py
