@echo off
rem python jobs\load.py
cd /d "%~dp0.."
python -m pipelines.jobs.load ^
  data\orders.csv
if exist src\pipelines\jobs\report.py python -m pipelines.jobs.report
set JOB_DIR=src\pipelines\jobs
python -m pipelines.jobs.load
