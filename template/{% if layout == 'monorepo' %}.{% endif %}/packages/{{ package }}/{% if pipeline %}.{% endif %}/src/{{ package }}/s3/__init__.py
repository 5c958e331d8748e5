"""Which objects jobs read, and where they write."""
