def tried():
    return 1
