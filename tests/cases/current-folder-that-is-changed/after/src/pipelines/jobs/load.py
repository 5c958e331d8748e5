import os

# the orders are read from the current folder
os.chdir(os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "..", "data")))
from pipelines import labels
from pipelines.utils import names

with open("orders.csv") as orders:
    print(names.NAME, labels.LABEL, orders.read())
