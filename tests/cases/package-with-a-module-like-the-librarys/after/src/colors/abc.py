from .pens import Pen


class Thick(Pen):
    def draw(self):
        return "thick"
