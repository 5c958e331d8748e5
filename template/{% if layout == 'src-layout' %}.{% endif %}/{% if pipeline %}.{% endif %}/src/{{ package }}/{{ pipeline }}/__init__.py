"""Order lines: from a file of the order system into the database, rejects reported."""
