import os
import sys


def project_root():
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def in_root(*parts):
    return os.path.join(project_root(), *parts)


sys.path.insert(0, in_root("lib"))
import names

print(names.N, in_root("out.csv"), sys.version_info >= (3,))
