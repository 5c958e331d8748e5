"""The name that the old crontab has."""

from orders.management.commands.load_orders import Command

__all__ = ["Command"]
