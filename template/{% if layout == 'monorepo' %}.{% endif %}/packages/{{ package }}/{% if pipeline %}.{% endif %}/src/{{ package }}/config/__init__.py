"""The configuration of each job, as typed dataclasses."""
