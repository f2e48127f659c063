# uncaught: long multi-line call with the error in one argument
def f(**kw): return kw
f(
    a=1,
    b=[i for i in range(3)],
    c={"k": undefined},
    d=4,
)
