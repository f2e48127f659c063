# uncaught: frames of exec have no source lines
code = """
def f():
    raise ValueError("from exec")
f()
"""
exec(code)
