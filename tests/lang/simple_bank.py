# objects that work on one another
class Account:
    count = 0
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        Account.count += 1
    def withdraw(self, n):
        if n > self.balance:
            raise ValueError(f"{self.owner} has only {self.balance}")
        self.balance -= n
        return n
    def transfer(self, other, n):
        other.balance += self.withdraw(n)
    def __str__(self):
        return f"{self.owner}: {self.balance}"
a, b = Account("ann", 100), Account("bob")
a.transfer(b, 30)
print(a, b, Account.count, sep=" | ")
try:
    b.transfer(a, 50)
except ValueError as e:
    print(e)
print(a, b, sep=" | ")
