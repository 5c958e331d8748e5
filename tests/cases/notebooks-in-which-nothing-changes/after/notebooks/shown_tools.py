def shown(value):
    return f"<{value}>"
