# uncaught: notes on a group and its members
v = ValueError("inner")
v.add_note("note on inner")
g = ExceptionGroup("outer", [v])
g.add_note("note on group")
raise g
