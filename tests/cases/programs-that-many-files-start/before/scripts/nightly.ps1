$root = Split-Path -Parent $PSScriptRoot
Set-Location $root
& python .\jobs\load.py `
  data\orders.csv
Start-Process python -ArgumentList "jobs\report.py"
Write-Host "jobs\load.py is done"
