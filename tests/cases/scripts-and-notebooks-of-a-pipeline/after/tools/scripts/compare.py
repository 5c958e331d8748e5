import duckdb

QUERY = "select * from fct_parking join fct_traffic using (id)"

print(duckdb.connect("city.duckdb").execute(QUERY).fetchall())
