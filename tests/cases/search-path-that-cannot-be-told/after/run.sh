#!/bin/bash
export PYTHONPATH="$PLUGIN_HOME/python:$PYTHONPATH"
python -m pipelines.jobs.load
