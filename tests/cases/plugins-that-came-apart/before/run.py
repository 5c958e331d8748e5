import importlib
import sys

NAMES = ["daily", "weekly"]


def load(name):
    return importlib.import_module(f"feeds.{name}")


def describe(name):
    target = "feeds.%s" % name
    print("loading", target)
    return importlib.import_module(target)


def load_by_variable(name):
    return importlib.import_module(name)


for feed in NAMES:
    load(feed)

helper = "helper"
print(helper)
importlib.import_module(helper)
importlib.import_module("feeds." "daily")
importlib.import_module("\x66eeds.daily")
importlib.import_module(("feeds.daily"))
top = __import__("feeds.daily")
print(top.daily.EVERY)
sys.exit(0)
