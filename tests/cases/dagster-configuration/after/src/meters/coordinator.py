from dagster import DefaultRunCoordinator


class OneAtATime(DefaultRunCoordinator):
    """Runs wait for each other."""
