# uncaught: except without a colon
try:
    pass
except ValueError
    pass
