#!/bin/sh
set -e
for day in 1 2 3; do
    echo "day $day"
done
