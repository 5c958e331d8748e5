#!/usr/bin/env bash
# builds every image of the stack
set -euo pipefail
cd "$(dirname "$0")/../.."
for service in airflow worker; do
  docker build --file "Dockerfile.$service" --tag "sales-$service" .
done
