import calendar
from pipelines.utils import rows

print(calendar.DAYS, rows.ROWS)
