def bars(amounts):
    return ["#" * amount for amount in amounts]
