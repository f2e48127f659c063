# every sort of string literal and escape
print("\a\b\f\v\0\x7f".encode(), "\101\60", "\u00e9\U0001F40D", "line\
continued", 'a' "b" """c""" r'\d' 'e')
print(r"\n\"", R'\'', b"\x00\xff\n", rb"\x", Rb"\y", u"u", "\N{BULLET}")
print('''multi
line''', """with "quotes" inside""", "'", '"', "\'\"")
print(len("\r\n"), len(r"\r\n"), repr("\t\\"))
