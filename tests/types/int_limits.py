# digits limit for conversions of huge ints
import sys
print(sys.get_int_max_str_digits())
n = 10 ** 4299
print(len(str(n)))
try:
    str(10 ** 5000)
except ValueError as e:
    print(e)
try:
    int("9" * 5000)
except ValueError as e:
    print(e)
print(len(hex(10 ** 5000)))
sys.set_int_max_str_digits(0)
print(len(str(10 ** 5000)))
print(int("9" * 5000) == 10 ** 5000 - 1)
sys.set_int_max_str_digits(4300)
