# uncaught: wrong number of arguments
class K:
    def method(self, a, b):
        pass
K().method(1)
