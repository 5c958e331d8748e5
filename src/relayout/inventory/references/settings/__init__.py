"""Settings of Python's tools, and files of requirements."""
