def read(path):
    """Return the lines of a file."""
    with open(path) as file:
        return file.readlines()
