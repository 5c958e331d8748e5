"""Import this first."""
