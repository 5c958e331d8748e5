WORDS = ["orders"]
