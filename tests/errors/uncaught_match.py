# uncaught: error in a guard
def f(x):
    match x:
        case [a, b] if a / b > 1:
            return "big"
f([1, 0])
