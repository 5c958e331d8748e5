import dagster as dg

START = "2024-03-01"

daily = dg.DailyPartitionsDefinition(start_date=START, end_date="2024-03-05")
cities = dg.StaticPartitionsDefinition(["basel", "lyon"])

# day first: the web server shows it so
city_days = dg.MultiPartitionsDefinition({"day": daily, "city": cities})
