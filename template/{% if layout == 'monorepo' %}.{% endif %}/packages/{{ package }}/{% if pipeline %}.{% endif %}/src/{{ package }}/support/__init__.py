"""What the jobs of this package share beside that."""
