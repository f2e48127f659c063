# a stack and a queue class
class Stack:
    def __init__(self):
        self.items = []
    def push(self, x):
        self.items.append(x)
    def pop(self):
        if not self.items:
            raise IndexError("empty stack")
        return self.items.pop()
    def __len__(self):
        return len(self.items)
s = Stack()
for i in range(3):
    s.push(i)
print(len(s), s.pop(), s.pop(), s.pop(), len(s))
try:
    s.pop()
except IndexError as e:
    print("error:", e)
