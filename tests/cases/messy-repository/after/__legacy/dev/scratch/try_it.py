import sys
sys.path.insert(0, "../../utils")
from pipelines.utils import db_helper

print(db_helper.path())
