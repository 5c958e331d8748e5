#!/bin/sh
set -e
python scripts/backfill.py "$@"
