"""Tests of what all pipelines share; generic/ holds the data tests that dbt runs."""
