#!/bin/bash
set -e
cd "$(dirname "$0")/.."
mkdir -p ./data/registry "data/prometheus"
for service in data/minio data/postgres; do
  ls "$service"
done
docker compose up -d
