# reflected comparisons and NotImplemented
class A:
    def __lt__(self, o): print("A.lt"); return NotImplemented
    def __gt__(self, o): print("A.gt"); return "gt!"
    def __le__(self, o): print("A.le"); return True
a = A()
print(5 < a)
print(a <= 5)
try:
    a < 5
except TypeError as e:
    print(e)
try:
    a >= 5
except TypeError as e:
    print(e)
print(a == 5, a != 5)
class B(A):
    def __gt__(self, o): print("B.gt"); return "sub first"
print(a < B())
for src in ("1 < 'a'", "[] < ()", "None >= None", "{} > {}", "1j < 2j"):
    try:
        eval(src)
    except TypeError as e:
        print(e)
