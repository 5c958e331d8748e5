from .base import *  # noqa: F403

DEBUG = True
COUNT_FROM = 0
