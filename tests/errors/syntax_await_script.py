# uncaught: await outside async
def f():
    x = await g()
