"""Copier's task after a further package: name it to Poetry, which does not look for packages.

uv, continuous integration and the contracts find a package by its folder; there is nothing to do
for them.
"""

from kept_list import keep

if __name__ == "__main__":
    keep("sync_packages")
