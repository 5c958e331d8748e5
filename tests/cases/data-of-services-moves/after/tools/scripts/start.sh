#!/bin/bash
set -e
cd "$(dirname "$0")/../.."
mkdir -p ./data/services/registry "data/services/prometheus"
for service in data/services/minio data/services/postgres; do
  ls "$service"
done
docker compose up -d
