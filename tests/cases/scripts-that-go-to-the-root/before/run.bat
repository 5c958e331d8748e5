cd /d %~dp0
python load.py
