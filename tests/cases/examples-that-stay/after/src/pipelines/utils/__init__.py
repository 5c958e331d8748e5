"""Things that jobs share.

>>> from .text import clean
>>> from . import text
"""
