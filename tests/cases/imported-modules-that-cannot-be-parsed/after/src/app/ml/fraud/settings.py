RATE = 0.1


class Settings:
    rate = RATE

    def show(self):
        print "rate", self.rate
