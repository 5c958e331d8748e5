import os
import sys

# Add the project root to the path
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from helpers.notices import notice
from jobs.load import load


def run():
    print(notice(load()))


run()
