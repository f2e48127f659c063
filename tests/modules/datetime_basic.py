# datetime: dates, times, deltas
from datetime import *
d = date(2024, 2, 29)
print(d, repr(d), d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), d + timedelta(days=1), d - date(2024, 1, 1), d.replace(year=2023, day=28), d.isoformat(), d.strftime("%Y/%m/%d %A %j"), date.fromordinal(738945), date.fromisoformat("2024-W09-4"), d < date(2025, 1, 1), date.min, date.max, d.timetuple().tm_yday, d.ctime())
t = timedelta(days=1, hours=25, seconds=-5, milliseconds=1500)
print(t, repr(t), t.days, t.seconds, t.microseconds, t.total_seconds(), t * 2, t / 2, t // timedelta(hours=1), t % timedelta(hours=1), -t, abs(-t), timedelta(-1), t > timedelta(1), divmod(t, timedelta(days=1)), timedelta(0) == timedelta(), bool(timedelta()))
x = datetime(2024, 1, 31, 13, 45, 30, 123456)
print(x, repr(x), x.date(), x.time(), x + timedelta(hours=12), x.isoformat(" ", "minutes"), x.strftime("%H:%M:%S.%f %p %y %b"), datetime.strptime("2024-05-06 07:08", "%Y-%m-%d %H:%M"), datetime.fromisoformat("2024-01-02T03:04:05.678+02:00"), x - datetime(2024, 1, 1), x.replace(microsecond=0), datetime.combine(d, time(1, 2)), f"{x:%d.%m.%Y}")
print(time(1, 2, 3), repr(time(23, 59, 59, 999999)), time(12) > time(11), time.fromisoformat("04:23"), time(1, 2, tzinfo=timezone.utc).isoformat())
for f in (lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: datetime(2024, 1, 1, 25), lambda: date.max + timedelta(1), lambda: timedelta(days=10**10), lambda: date.fromisoformat("2024-13-01"), lambda: datetime.strptime("x", "%Y"), lambda: x < d, lambda: time(24), lambda: d - 5, lambda: date("a")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
