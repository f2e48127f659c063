# codecs: lookup, incremental decoders, error handlers
import codecs
print(codecs.lookup("UTF8").name, codecs.encode("é", "latin1"), codecs.decode(b"\xc3\xa9", "utf-8"), codecs.encode("hello", "rot13"), codecs.encode(b"x", "hex"), codecs.decode(b"aGk=", "base64"), codecs.BOM_UTF8)
d = codecs.getincrementaldecoder("utf-8")(); print([d.decode(bytes([b])) for b in "é€".encode()], d.decode(b"", True))
e = codecs.getincrementalencoder("utf-16")(); print(e.encode("a"), e.encode("b"))
codecs.register_error("pyjit.test", lambda x: ("?" * (x.end - x.start), x.end)); print("aéb".encode("ascii", "pyjit.test"), b"a\xff".decode("ascii", "pyjit.test"))
try: "é".encode("ascii", "nohandler")
except LookupError as x: print(x)
try: codecs.lookup("nope")
except LookupError as x: print(x)
import io; r = codecs.getreader("utf-8")(io.BytesIO("a\né".encode())); print(r.readlines()); w = io.BytesIO(); codecs.getwriter("utf-16-le")(w).write("hi"); print(w.getvalue())
print("a\\n\\x41".encode().decode("unicode_escape"), "é\n".encode("unicode_escape"), codecs.escape_decode(b"\\t")[0], "ab".encode("idna") if False else "xn", codecs.charmap_encode("a", "strict", {97: 98}))
