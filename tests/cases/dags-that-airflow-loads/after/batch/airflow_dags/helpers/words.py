DONE = "loaded"
