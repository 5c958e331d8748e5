import rows

print(rows.read())
