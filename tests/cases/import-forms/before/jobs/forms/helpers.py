ONE = 1
fast = "fast"


class Thing:
    def __init__(self, value, name):
        self.value = (value, name)
