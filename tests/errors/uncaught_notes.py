# uncaught: notes are printed after the message
e = ValueError("the message")
e.add_note("first note")
e.add_note("second\nnote of two lines")
raise e
