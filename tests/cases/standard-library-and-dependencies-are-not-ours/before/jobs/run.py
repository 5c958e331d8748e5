import json
import dagster
import queue
from logging import getLogger

print(json, dagster, queue.NAME, getLogger)
