import os

print(open("scripts/orders/sql/a.sql").read(), open("old/notes.txt").read())
print(os.listdir("configs"), open("scripts/orders/README").read())
