import os
import sys

# the orders are read from the current folder
os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data"))
# the modules of the library and of the root
sys.path.insert(0, "../lib")
sys.path.append(os.pardir)
import labels
import names

with open("orders.csv") as orders:
    print(names.NAME, labels.LABEL, orders.read())
