# _multiprocessing.SemLock: counts, limits, recursive locks, names; shared memory names; users and groups.
import _multiprocessing
import _posixshmem
import grp
import os
import pwd

Lock = _multiprocessing.SemLock
prefix = "/pyjit-test-%d-" % os.getpid()


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


s = Lock(1, 1, 1, prefix + "a", True)
print(s.kind, s.maxvalue, s.name, s._get_value(), s._is_zero(), s._count())
print(s.acquire(), s.acquire(False), s.acquire(True, 0.01), s._count(), s._is_mine(), s._is_zero())
attempt(s.release)
attempt(s.release)
r = Lock(0, 1, 1, prefix + "b", False)
attempt(r.release)
with r:
    print(r.acquire(), r._count(), r._is_mine())
    r.release()
print(r._count(), r.name == prefix + "b", Lock._rebuild(0, 0, 1, prefix + "b")._get_value())
attempt(_multiprocessing.sem_unlink, prefix + "b")
attempt(_multiprocessing.sem_unlink, prefix + "b")
attempt(Lock, 5, 1, 1, prefix + "c", True)
print(_multiprocessing.flags, Lock.SEM_VALUE_MAX)
fd = _posixshmem.shm_open(prefix + "m", os.O_CREAT | os.O_RDWR, 0o600)
os.ftruncate(fd, 10)
print(os.fstat(fd).st_size)
os.close(fd)
_posixshmem.shm_unlink(prefix + "m")
try:
    _posixshmem.shm_open(prefix + "m", 0)
except FileNotFoundError as e:
    print(e.errno)
root = pwd.getpwuid(0)
print(root.pw_name, root == pwd.getpwnam("root"), root in pwd.getpwall(), type(root))
print(grp.getgrgid(0).gr_name, grp.getgrnam("root").gr_gid, type(grp.getgrall()[0]))
attempt(pwd.getpwnam, "no such user")
attempt(pwd.getpwuid, 4000000000)
attempt(grp.getgrnam, "no such group")
attempt(grp.getgrgid, "a")
