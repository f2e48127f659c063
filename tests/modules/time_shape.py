# time: shapes only
import time
print(time.time() > 1.6e9, time.monotonic() <= time.monotonic(), isinstance(time.time_ns(), int), time.perf_counter() >= 0, time.process_time() >= 0)
g = time.gmtime(0); print(g, g.tm_year, g[0], len(g), time.strftime("%Y-%m-%d %H:%M:%S", g), time.asctime(g), time.strptime("2024-02-03", "%Y-%m-%d").tm_yday)
print(time.mktime(time.gmtime(86400)), time.timezone, time.tzname[0], time.localtime(0).tm_hour, time.ctime(0), time.get_clock_info("monotonic").monotonic)
time.sleep(0); time.sleep(0.001)
for f in (lambda: time.sleep(-1), lambda: time.sleep("a"), lambda: time.strptime("x", "%Y"), lambda: time.gmtime(1e30), lambda: time.strftime(5), lambda: time.asctime((1, 2))):
    try: f()
    except Exception as e: print(type(e).__name__, e)
