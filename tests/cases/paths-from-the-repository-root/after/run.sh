python scripts/nightly/a.py
python scripts/nightly/b.py
