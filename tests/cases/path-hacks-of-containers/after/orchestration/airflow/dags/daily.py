from airflow import DAG

from sales.jobs.rates import fetch
from sales.utils.words import greet

with DAG("daily") as dag:
    fetch, greet
