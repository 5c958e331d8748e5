"""Everything that the analytics instance runs."""

from dagster import (
    job,
    op,
)


@op
def greet():
    return "hello"


@job
def greeting():
    greet()
