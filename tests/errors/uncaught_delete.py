# uncaught: deletion of a missing key
d = {"a": {"b": 1}}
del d["a"]["b"], d["a"]["c"]
