# json: round trips of nested data and big documents
import json
data = {"users": [{"id": i, "name": f"user{i}", "tags": ["a", "b"][: i % 3], "score": i / 4, "ok": i % 2 == 0, "none": None} for i in range(50)], "meta": {"é": "ü", "nested": {"deep": [[[[1]]]]}}}
s = json.dumps(data)
print(len(s), json.loads(s) == data, json.dumps(json.loads(s)) == s)
p = json.dumps(data, indent=1); print(len(p.splitlines()), json.loads(p) == data)
print(json.dumps(data, sort_keys=True, separators=(",", ":"))[:80])
for x in (0.1, 1e-7, 1e22, -0.0, 123456789.123, 5e-324, 1.7976931348623157e308): print(json.dumps(x), json.loads(json.dumps(x)) == x)
deep = "[" * 200 + "]" * 200; d = json.loads(deep); n = 0
while d: d = d[0]; n += 1
print(n)
print(json.loads('{"a":{"b":[1,{"c":null}]}}')["a"]["b"][1], json.dumps("\u2028\x7f\x1f/</script>"), json.dumps({"k": float}, default=str))
