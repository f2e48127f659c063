# uncaught: carets under an attribute
class Thing:
    part = None
t = Thing()
x = t.part.value.deeper + 1
