"""Imports of what does not move, and names that only look like what does."""
import json as utils
import os.path
from collections import abc
from email import utils as mail_utils
import xml.dom.minidom


class db:
    read = staticmethod(lambda: "own")


def f(pipelines, utils=utils):
    # import utils.db
    return db.read(), utils.dumps(pipelines), mail_utils.quote("a"), os.path.sep


TEXT = """
import utils.db
from utils import db
"""
print(f(1), TEXT, abc.Sequence, xml.dom.minidom)
