# Programs in the encoding that they name.
def run(source):
    try:
        exec(source, {})
    except SyntaxError as e:
        print("SyntaxError", e.msg)


run(b"# coding: iso8859-15\nprint(ascii('\xa4'))")
run(b"#!/usr/bin/x\n# vim: set fileencoding=koi8-r :\nprint(ascii('\xc1'))")
run(b"# coding: latin-1 \xa4\nprint(ascii('\xa4'))")
run(b"# coding: nonesuch\n")
run(b"# coding: hex_codec\n")
run(b"# coding: utf8\n'\xa4'")
run(b"# coding: ascii\n'\xa4'")
run(b"'\xa4'")

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("error")
    for text in "1 is 1", r"'\z'", "assert (1, 2)", "0x1for x in y":
        try:
            compile(text, "f", "exec")
        except SyntaxError as e:
            print(e.msg, e.lineno)
