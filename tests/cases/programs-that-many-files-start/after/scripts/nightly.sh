#!/bin/sh
set -eu
cd "$(dirname "$0")/.."
trap 'python -m pipelines.jobs.report' EXIT
for step in load report; do
  python "src/pipelines/jobs/$step.py"
done
[ -f src/pipelines/jobs/load.py ] && wc -l < src/pipelines/jobs/load.py >> out.log
