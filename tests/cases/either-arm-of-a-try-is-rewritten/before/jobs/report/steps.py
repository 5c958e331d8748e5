ORDER = ["load", "show"]
