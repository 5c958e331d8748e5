import os
import sys

sys.path.insert(0, "/opt/airflow")
sys.path.append(os.path.join("/srv", "lib"))

from airflow import DAG

from jobs.rates import fetch
from words import greet

with DAG("daily") as dag:
    fetch, greet
