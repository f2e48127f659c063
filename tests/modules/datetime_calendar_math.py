# datetime: month ends, week numbers, ranges, parsing
from datetime import date, timedelta, datetime, timezone
import calendar
d = date(2023, 12, 28); print([(x := d + timedelta(i)).isoformat() + f" W{x.isocalendar().week}" for i in range(6)])
print([calendar.monthrange(2024, m)[1] for m in range(1, 13)], sum(1 for y in range(1900, 2001) if calendar.isleap(y)))
def easter(y):
    a, b, c = y % 19, y // 100, y % 100; d, e = divmod(b, 4); f = (b + 8) // 25; g = (b - f + 1) // 3; h = (19 * a + b - d - g + 15) % 30; i, k = divmod(c, 4); l = (32 + 2 * e + 2 * i - h - k) % 7; m = (a + 11 * h + 22 * l) // 451
    mo, da = divmod(h + l - 7 * m + 114, 31); return date(y, mo, da + 1)
print([str(easter(y)) for y in (2000, 2019, 2024)])
fri13 = [date(2026, m, 13).strftime("%b") for m in range(1, 13) if date(2026, m, 13).weekday() == 4]; print(fri13)
for s, f in (("31/12/99", "%d/%m/%y"), ("Mar 5 2021 07PM", "%b %d %Y %I%p"), ("2024-060", "%Y-%j"), ("12:30:45.5", "%H:%M:%S.%f"), ("2024-05-06T07:08:09+0130", "%Y-%m-%dT%H:%M:%S%z")): print(datetime.strptime(s, f))
a = datetime(2024, 3, 10, 1, tzinfo=timezone.utc); print(a - timedelta(days=70, minutes=1), (a - datetime(2000, 1, 1, tzinfo=timezone.utc)).days, a.toordinal(), a.timestamp() // 86400, datetime.fromtimestamp(1e9, timezone.utc), sorted([date(2024, 1, 2), date(2023, 5, 5)]))
print(timedelta(hours=36) // timedelta(days=1), timedelta(minutes=90) / timedelta(hours=1), sum([timedelta(hours=1)] * 30, timedelta()), timedelta.max.days, timedelta.resolution, str(timedelta(days=-1, hours=5)), timedelta(weeks=1, days=0.5))
