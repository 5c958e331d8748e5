"""The rules: from data to data, without files, network, database or clock."""
