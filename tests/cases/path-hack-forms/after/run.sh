python3 jobs/a.py
python3 jobs/b.py
python3 jobs/c.py
python3 jobs/d.py
python3 jobs/e.py
