-- Run once, when the server starts with an empty data folder: the database of the pipelines, beside Dagster's own.
CREATE DATABASE warehouse;
