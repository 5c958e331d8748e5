$root = Split-Path -Parent $PSScriptRoot
Set-Location $root
& python -m pipelines.jobs.load `
  data\orders.csv
Start-Process python -ArgumentList "-m pipelines.jobs.report"
Write-Host "jobs\load.py is done"
