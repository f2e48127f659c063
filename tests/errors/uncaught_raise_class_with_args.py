# uncaught: raising a class that needs arguments
class Needs(Exception):
    def __init__(self, a, b): pass
raise Needs
