from pipelines.utils import db

print(db.URL)
