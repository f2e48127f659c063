# uncaught: an encoding error
text = "caf\u00e9"
text.encode("ascii")
