from pipelines.utils import db_helper

print(db_helper.path())
