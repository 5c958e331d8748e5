def cents(value):
    return value
