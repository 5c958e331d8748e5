import os
import sys


def project_root():
    return os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


def in_root(*parts):
    return os.path.join(project_root(), *parts)


from pipelines.utils import names

print(names.N, in_root("out.csv"), sys.version_info >= (3,))
