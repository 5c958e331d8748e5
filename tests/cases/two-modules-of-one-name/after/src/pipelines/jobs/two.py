from pipelines.other.utils import db

print(db.WHICH)
