"""Configuration."""

TEAM = {"team": "orders"}
