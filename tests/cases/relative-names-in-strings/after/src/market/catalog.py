from importlib import import_module

from market.utils import tools


def first():
    return import_module(".parts.one", __package__).NAME

def second():
    return import_module("market.rare.second", __package__).NAME


def third():
    return tools.load(".parts.one", __package__).NAME


def package():
    return import_module(".", __package__).one.NAME + import_module(
        ".parts", package=__name__.rpartition(".")[0]
    ).__name__.rpartition(".")[2]
