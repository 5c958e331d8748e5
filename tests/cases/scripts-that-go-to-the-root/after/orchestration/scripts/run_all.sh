#!/usr/bin/env bash
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
python "$HERE/../../tools/check.py"
cd "$HERE/../.."
python orchestration/scripts/load.py
cat sub/words.txt
(cd "$(dirname "$0")" && ls)
