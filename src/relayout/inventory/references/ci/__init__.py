"""Pipelines, and the services that watch a repository."""
