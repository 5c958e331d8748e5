#!/bin/sh
# Builds and pushes what production runs.
set -eu
cd "$(dirname "$0")/.."
docker build --pull --build-arg STAGE=prod -t "registry.example.org/feed:$1" "."
docker push "registry.example.org/feed:$1"
docker-compose build airflow
