WHICH = "other"
