"""What every pipeline shares: the database connection, configuration and SQL templates."""
