"""Dagster's code locations: they load after the moves what they loaded before."""

from relayout.conversions.dagster.project import convert_dagster

__all__ = ["convert_dagster"]
