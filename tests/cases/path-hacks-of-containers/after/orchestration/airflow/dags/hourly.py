import sys

sys.path.append("/usr/share/company")

from airflow import DAG

import company_rules

with DAG("hourly") as dag:
    company_rules.apply(dag)
