"""Sales of all channels, from files to facts, as Dagster assets."""
