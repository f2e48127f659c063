# uncaught: a BaseExceptionGroup
raise BaseExceptionGroup("base", [KeyboardInterrupt("k"), ValueError("v")])
