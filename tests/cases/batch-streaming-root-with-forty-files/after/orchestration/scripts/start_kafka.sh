#!/bin/bash
docker-compose up -d producer
python -m sales.streaming.consumers
