FOLDER = "in"
