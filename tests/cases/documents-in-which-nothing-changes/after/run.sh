#!/bin/sh
python -m pipelines.scripts.load
