NAME = "the library's"
