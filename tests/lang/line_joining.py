# statements over several lines, comments, semicolons
x = (1 +
     2)
y = [1,
     2,   # comment

     3,
]
z = 1 + \
    2
if x == 3 and \
   y: print("joined")
a = 1; b = 2; print(a, b);
def f(a,
      b=(1,
         2),
      ):
    return a, b
print(x, y, z, f(0))
# a comment at column 0 in the middle
if True:
        print("deep indent")
# dedented comment
        print("same block")
class A: x = 1; y = 2
for i in 1, 2: print(i); print(-i)
