@echo off
rem python jobs\load.py
cd /d "%~dp0.."
python jobs\load.py ^
  data\orders.csv
if exist jobs\report.py python jobs\report.py
set JOB_DIR=jobs
python %JOB_DIR%\load.py
