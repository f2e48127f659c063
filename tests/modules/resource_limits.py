# resource: usage, limits and their errors.
import resource


def attempt(f, *args):
    try:
        print(f.__name__, f(*args))
    except Exception as e:
        print(f.__name__, type(e).__name__, e)


use = resource.getrusage(resource.RUSAGE_SELF)
print(type(use), len(use), use.ru_utime == use[0], use.ru_maxrss > 0)
print([n for n in dir(resource) if n.isupper() and not n.startswith("_")])
print(resource.error is OSError, resource.getpagesize() % 1024)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
print(resource.getrlimit(resource.RLIMIT_CORE), resource.RLIM_INFINITY)
attempt(resource.prlimit, 0, resource.RLIMIT_CORE, (0, 0))
attempt(resource.getrusage, 99)
attempt(resource.getrlimit, 99)
attempt(resource.getrlimit, -1)
attempt(resource.getrlimit, "a")
attempt(resource.setrlimit, 3)
attempt(resource.setrlimit, 3, 4)
attempt(resource.setrlimit, 3, (1, 2, 3))
attempt(resource.setrlimit, resource.RLIMIT_CPU, (1, "a"))
attempt(resource.setrlimit, resource.RLIMIT_CPU, (1, -2))
attempt(resource.setrlimit, resource.RLIMIT_CPU, (1, 2**70))
attempt(resource.setrlimit, resource.RLIMIT_CPU, (10000, 200))
attempt(resource.prlimit, -5, 2)
