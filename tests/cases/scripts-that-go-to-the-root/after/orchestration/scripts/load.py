print(open("sub/words.txt").read())
