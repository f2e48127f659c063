# uncaught: the name of an exception class includes its qualname
class Outer:
    class Inner(Exception):
        def __str__(self):
            return "custom text"
raise Outer.Inner(1, 2)
