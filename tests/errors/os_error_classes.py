# OSError picks its subclass from errno
import errno
for n in (errno.ENOENT, errno.EEXIST, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.EPIPE, errno.ECONNREFUSED, errno.ETIMEDOUT, errno.EINTR, errno.EAGAIN, errno.ECHILD, errno.ESRCH, errno.ENOSPC, errno.ECONNRESET, 0):
    e = OSError(n, "msg", "file")
    print(type(e).__name__, e)
class MyOS(OSError): pass
print(type(MyOS(errno.ENOENT, "x")).__name__, OSError(1).errno, OSError(1, 2, 3, 4, 5).filename2, str(OSError(None, None)), OSError("a", "b").strerror, OSError(2, "m", b"bytes").filename, FileNotFoundError("just text").errno)
b = BlockingIOError(11, "m", 5); print(b.characters_written)
try: OSError(1, 2, 3, 4, 5, 6); print("six ok")
except TypeError as e: print(e)
print(errno.errorcode[2], issubclass(ConnectionResetError, ConnectionError), issubclass(TimeoutError, OSError), PermissionError(13, "denied", "a", None, "b"))
