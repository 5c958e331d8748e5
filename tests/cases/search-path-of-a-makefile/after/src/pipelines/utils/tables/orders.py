COLUMNS = ["id"]
