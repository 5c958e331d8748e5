from . import db
from .db import read

VERSION = 2
