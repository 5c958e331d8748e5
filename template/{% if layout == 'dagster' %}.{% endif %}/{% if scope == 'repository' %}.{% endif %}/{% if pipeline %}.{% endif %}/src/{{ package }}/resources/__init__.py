"""What assets work with: where files land, and where tables are stored."""
