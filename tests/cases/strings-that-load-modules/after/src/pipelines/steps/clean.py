def clean(rows):
    return [row for row in rows if row is not None]
