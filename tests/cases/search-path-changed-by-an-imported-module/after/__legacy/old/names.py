NAME = "an old one"
