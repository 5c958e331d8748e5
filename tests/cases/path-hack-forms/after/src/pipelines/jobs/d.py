def report():
    from pipelines.utils import names
    return names.NAME


print(report())
