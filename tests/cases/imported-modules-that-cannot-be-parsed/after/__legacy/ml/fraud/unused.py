print "nothing imports this"
