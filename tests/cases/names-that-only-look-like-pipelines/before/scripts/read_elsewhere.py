QUERY = "select * from another_schema.lines"

print(QUERY)
