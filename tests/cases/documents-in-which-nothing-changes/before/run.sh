#!/bin/sh
python -m scripts.load
