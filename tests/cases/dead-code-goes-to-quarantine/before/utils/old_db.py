URL = "old"
