# uncaught: no message, no colon
class Quiet(Exception): pass
raise Quiet
