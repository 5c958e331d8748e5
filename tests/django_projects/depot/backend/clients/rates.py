"""Rates of the customs office, as they were last looked up."""

RATES = {"shoes": 17, "hats": 4}


class RatesClient:
    def __init__(self, rates=RATES):
        self.rates = dict(rates)

    def rate(self, name):
        try:
            return self.rates[name]
        except KeyError:
            raise LookupError(f"no rate for {name}") from None
