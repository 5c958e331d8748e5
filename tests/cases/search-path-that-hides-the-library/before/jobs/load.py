import calendar
import rows

print(calendar.DAYS, rows.ROWS)
