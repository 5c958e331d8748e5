python scripts/daily-load/01_extract.py
python scripts/daily-load/import.py
