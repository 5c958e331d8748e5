"""Django to plain Python: commands, settings, and the uses of the framework that are left."""
