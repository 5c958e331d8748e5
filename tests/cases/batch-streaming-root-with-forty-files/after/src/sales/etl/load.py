import psycopg2

from sales.etl.transform import process_sales_data


def load_to_postgres(frame, dsn):
    with psycopg2.connect(dsn) as connection:
        connection.execute("select 1")
