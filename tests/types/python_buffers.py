# Classes with __buffer__ and __release_buffer__.
class Holder:
    def __init__(self):
        self.held = False
        self.data = bytearray(b"hello")

    def __buffer__(self, flags):
        if self.held:
            raise TypeError("already held")
        self.held = True
        self.view = memoryview(self.data)
        return self.view

    def __release_buffer__(self, buffer):
        assert buffer is self.view
        self.held = False


h = Holder()
with memoryview(h) as m:
    print(m.tobytes(), h.held)
    m[0] = ord("j")
    try:
        memoryview(h)
    except TypeError as e:
        print(e)
print(h.held, h.data, bytes(h), b"".join([h]))


class Wrong:
    def __buffer__(self, flags):
        return b"no view"


try:
    memoryview(Wrong())
except TypeError as e:
    print(e)


class Sub(bytearray):
    def __release_buffer__(self, buffer):
        for f in (lambda: memoryview(buffer), lambda: buffer[:1], buffer.toreadonly):
            try:
                f()
            except ValueError as e:
                print(e)
        print(buffer.tobytes())
        super().__release_buffer__(buffer)


s = Sub(b"sub")
with memoryview(s) as m:
    print(m.tobytes())
    try:
        s.clear()
    except BufferError as e:
        print(e)
s.clear()
print(s)

b = bytearray(b"x")
m = b.__buffer__(0)
b.__release_buffer__(m)
b += b"y"
try:
    m.tobytes()
except ValueError as e:
    print(e)


class Key(bytes):
    def __len__(self):
        view.release()
        return 1


view = memoryview(bytearray(b"abcd"))
try:
    view.hex(Key(b":"))
except BufferError as e:
    print(e)
