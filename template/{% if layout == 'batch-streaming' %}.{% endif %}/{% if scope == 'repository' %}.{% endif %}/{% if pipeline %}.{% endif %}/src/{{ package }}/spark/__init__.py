"""Spark: sessions, tables and jobs."""
