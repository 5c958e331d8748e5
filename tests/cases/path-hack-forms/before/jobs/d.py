def report():
    import sys; sys.path.insert(0, "lib")
    import names
    return names.NAME


print(report())
