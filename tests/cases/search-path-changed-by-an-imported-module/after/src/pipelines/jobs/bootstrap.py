def use_library():
    """Make the library importable."""
