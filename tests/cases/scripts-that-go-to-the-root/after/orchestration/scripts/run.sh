#!/usr/bin/env bash
set -e
cd "$(dirname "$0")/../.."
python orchestration/scripts/load.py
