from pipelines.storage import db
from pipelines.storage.db import read

VERSION = 2
