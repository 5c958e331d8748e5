URL = "db"
