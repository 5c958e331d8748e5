#!/bin/bash
set -e
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
export PYTHONPATH="$HERE/base:$HERE/extra:${PYTHONPATH:-}"
python -m pipelines.jobs.load "$@"
