NAME = "unit"
