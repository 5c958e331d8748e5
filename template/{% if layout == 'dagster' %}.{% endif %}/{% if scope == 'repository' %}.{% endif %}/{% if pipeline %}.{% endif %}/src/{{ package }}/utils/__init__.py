"""Rules for tables, without Dagster."""
