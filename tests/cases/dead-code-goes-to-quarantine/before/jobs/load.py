import sys
sys.path.insert(0, "utils")
import db

print(db.URL)
