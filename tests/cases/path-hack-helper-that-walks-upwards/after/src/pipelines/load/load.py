from pipelines.utils import db  # noqa: E402

print(db.connect())
