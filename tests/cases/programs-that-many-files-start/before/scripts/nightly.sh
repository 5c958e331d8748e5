#!/bin/sh
set -eu
cd "$(dirname "$0")/.."
trap 'python jobs/report.py' EXIT
for step in load report; do
  python "jobs/$step.py"
done
[ -f jobs/load.py ] && wc -l < jobs/load.py >> out.log
