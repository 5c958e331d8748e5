import json
import dagster
from pipelines.jobs import queue
from logging import getLogger

print(json, dagster, queue.NAME, getLogger)
