N = M = 1
