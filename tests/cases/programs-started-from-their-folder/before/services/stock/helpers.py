SIGN = "+"
