def in_order(labels):
    """Sort labels by the number at their end."""
    return sorted(labels, key=lambda label: int(label.rpartition("-")[2]))
