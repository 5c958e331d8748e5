import os
import sys


def use_library():
    """Make the library importable."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path.append("%s/lib" % root)
