# uncaught: Did you mean, for attributes
class Account:
    def __init__(self):
        self.balance = 0
    def deposit(self): pass
a = Account()
a.depost()
