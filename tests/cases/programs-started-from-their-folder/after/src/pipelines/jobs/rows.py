ROWS = [1]
