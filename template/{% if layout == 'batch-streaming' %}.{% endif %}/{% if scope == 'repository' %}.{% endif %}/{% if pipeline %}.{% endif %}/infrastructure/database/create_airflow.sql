-- PostgreSQL runs this once, when the volume is new: Airflow keeps its own tables apart from the data.
CREATE DATABASE airflow;
