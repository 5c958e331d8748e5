print("nothing runs this")
