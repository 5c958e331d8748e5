#!/bin/sh
tar -czf backup.tgz data
