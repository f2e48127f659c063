# json.loads
import json
print(json.loads('{"a": [1, -2.5, 1e3, true, false, null, "x\\u00e9\\n\\ud83d\\ude00"], "b": {"c": {}}}'), json.loads(" [ ] "), json.loads('"s"'), json.loads("1"), json.loads("-0.0"), json.loads(b'{"k": 1}'), json.loads("NaN"), json.loads("[Infinity, -Infinity]"), json.loads("12345678901234567890123"), json.loads('{"a": 1, "a": 2}'))
print(json.loads('{"a": 1}', object_hook=lambda d: sorted(d)), json.loads('{"a": 1, "b": 2}', object_pairs_hook=list), json.loads("1.5", parse_float=str), json.loads("[1]", parse_int=float), json.JSONDecoder().raw_decode('[1] rest'))
for s in ("", "{", "[1,", "[1,]", "{1: 2}", '{"a" 1}', '{"a":}', '{"a": 1,}', "tru", "01", "1.", '"abc', '"\\x"', "[1 2]", "nul", "'a'", '"\t"', "[1]x", '"\\u12"', "-"):
    try: print(json.loads(s))
    except json.JSONDecodeError as e: print(repr(s), e, e.pos, e.lineno, e.colno)
try: json.loads(5)
except TypeError as e: print(e)
import io; print(json.load(io.StringIO("[1, 2]")), json.loads('"\t"', strict=False) == "\t")
