from pipelines.audit.config import rate

print(rate())
