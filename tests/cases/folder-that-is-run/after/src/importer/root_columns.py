NAMES = ["root"]
