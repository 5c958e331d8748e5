"""Reads fct_web_orders, says the comment only."""

print("web_reorders")
