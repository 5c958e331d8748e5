cd /d %~dp0..\..
python orchestration\scripts\load.py
