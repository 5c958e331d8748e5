from cleaning.rows import clean

print(clean)
