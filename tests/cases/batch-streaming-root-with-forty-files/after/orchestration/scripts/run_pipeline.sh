#!/bin/bash
cd "$(dirname "$0")/../.."
python -m sales.streaming.producers
spark-submit src/sales/spark/jobs/batch_etl.py
