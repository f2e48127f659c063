# uncaught: a message of several lines
raise RuntimeError("line one\nline two\n  line three")
