# KeyboardInterrupt is no Exception
try:
    try:
        raise KeyboardInterrupt
    except Exception:
        print("no")
except KeyboardInterrupt as e:
    print("yes", repr(e))
print(issubclass(KeyboardInterrupt, Exception), issubclass(GeneratorExit, Exception), issubclass(SystemExit, BaseException))
