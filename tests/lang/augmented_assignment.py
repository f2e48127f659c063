# every augmented operator
x = 10
x += 5; print(x)
x -= 3; print(x)
x *= 2; print(x)
x //= 5; print(x)
x **= 3; print(x)
x %= 50; print(x)
x <<= 2; print(x)
x >>= 1; print(x)
x |= 1; print(x)
x &= 7; print(x)
x ^= 2; print(x)
x /= 2; print(x)
a = b = [1]
a += [2]
print(a, b, a is b)
a = a + [3]
print(a, b)
t = (1,)
t += (2,)
print(t)
s = "x"
s *= 3
print(s)
