#!/bin/bash
docker-compose up -d producer
python kafka_consumer.py
