TITLE = "files"
