# calendar
import calendar
print(calendar.month(2024, 2)); print(calendar.isleap(2000), calendar.leapdays(2000, 2024), calendar.monthrange(2024, 2), calendar.weekday(2024, 2, 29), calendar.timegm((1970, 1, 2, 0, 0, 0)), calendar.monthcalendar(2024, 2), calendar.day_name[0], list(calendar.month_abbr)[1:3], calendar.Month.MAY)
try: calendar.month(2024, 13)
except ValueError as e: print(e)
