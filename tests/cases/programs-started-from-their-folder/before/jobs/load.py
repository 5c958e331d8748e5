import rows

print(rows.ROWS)
