# uncaught: a bare walrus
x := 5
