DATA = "root"
