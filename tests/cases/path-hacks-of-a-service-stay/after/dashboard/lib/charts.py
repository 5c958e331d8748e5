def bar(length):
    return "#" * length
