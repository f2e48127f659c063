# uncaught: error inside a class body
class C:
    x = 1
    class D:
        y = undefined_name
