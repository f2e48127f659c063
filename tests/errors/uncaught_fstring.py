# uncaught: error inside an f-string
user = {"name": "x"}
print(f"hello {user['name']} and {user['missing']!r:>10}")
