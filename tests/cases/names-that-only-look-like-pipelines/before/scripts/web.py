print("select a web site")
