"""What Dagster runs."""
