LABEL = "at the root"
