NAME = "utils.db"
