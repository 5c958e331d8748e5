WHICH = "root"
