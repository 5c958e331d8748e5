import os
import sys

from os import path


class Route:
    path = []


def extend(path, step):
    path.append(step)
    return path


def in_search_path(folder):
    return folder in sys.path or folder in os.environ.get("PYTHONPATH", "").split(os.pathsep)


folders = list(sys.path)
folders.append("data")
Route.path.append("data")
os.environ["JOB_PATH"] = "data"
os.environ.update(MODE="check")
os.chdir("data")
for entry in sys.path:
    if entry.endswith("orders"):
        print(entry)
print(extend([], "a"), Route.path, path.basename(os.getcwd()), in_search_path("nowhere"))
