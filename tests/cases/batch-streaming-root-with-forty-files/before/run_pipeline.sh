#!/bin/bash
cd "$(dirname "$0")"
python kafka_producer.py
spark-submit sales_batch_job.py
