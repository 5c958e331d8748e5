NAME = "in the library"
