TITLE = "first"
