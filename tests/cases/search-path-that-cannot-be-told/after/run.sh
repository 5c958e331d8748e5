#!/bin/bash
export PYTHONPATH="$PLUGIN_HOME/python:$PYTHONPATH"
python jobs/load.py
