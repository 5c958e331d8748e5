class Timing:
    pass
