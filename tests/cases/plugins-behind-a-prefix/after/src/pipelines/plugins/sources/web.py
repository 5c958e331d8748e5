TITLE = "the web"
