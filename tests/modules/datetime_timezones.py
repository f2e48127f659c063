# datetime: timezone, aware arithmetic, custom tzinfo
from datetime import *
u = datetime(2024, 1, 1, 12, tzinfo=timezone.utc); e = timezone(timedelta(hours=5, minutes=30), "IST")
print(u, u.astimezone(e), u.astimezone(e) == u, repr(e), e.utcoffset(None), e.tzname(None), timezone(timedelta(hours=-3)), u.isoformat(), u.timestamp(), datetime.fromtimestamp(0, timezone.utc), u.utcoffset(), u.tzname(), u.strftime("%z %Z %:z"), u.timetuple().tm_hour, datetime.strptime("2024 +0200", "%Y %z"))
class TZ(tzinfo):
    def utcoffset(self, dt): return timedelta(hours=2)
    def dst(self, dt): return timedelta(hours=1)
    def tzname(self, dt): return "TZ!"
w = datetime(2024, 7, 1, tzinfo=TZ()); print(w.utcoffset(), w.dst(), w.tzname(), w.astimezone(timezone.utc), w - u, hash(w) == hash(w.astimezone(timezone.utc)), u < w)
try: u < datetime(2024, 1, 1)
except TypeError as x: print(x)
try: u - datetime(2024, 1, 1)
except TypeError as x: print(x)
print(u == datetime(2024, 1, 1, 12), UTC is timezone.utc)
for f in (lambda: timezone(timedelta(hours=24)), lambda: timezone(5), lambda: datetime(2024, 1, 1, tzinfo=5)):
    try: f()
    except Exception as x: print(type(x).__name__, x)
import zoneinfo
try: zoneinfo.ZoneInfo("No/Such")
except zoneinfo.ZoneInfoNotFoundError as x: print(x)
