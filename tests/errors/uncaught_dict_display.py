# uncaught: error inside a dict display over lines
config = {
    "one": 1,
    "two": int("two"),
    "three": 3,
}
