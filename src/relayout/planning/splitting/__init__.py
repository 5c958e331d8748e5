"""What modules are made of at their top level, and which of it belongs together."""
