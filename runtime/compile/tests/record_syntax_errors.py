"""Records what CPython 3.14 says of the programs in syntax_errors.txt.

Usage: python3.14 record_syntax_errors.py [FILE...]   (run in this folder)

Every record of the file is a line with the mode and the program as a JSON string, and a line with
the outcome: `ok`, or the kind, the span and the message. Programs given as extra FILEs (one JSON
list of strings each) are added.
"""

import json
import pathlib
import sys
import warnings

FILE = pathlib.Path(__file__).with_name("syntax_errors.txt")
KINDS = {SyntaxError: "Syntax", IndentationError: "Indentation", TabError: "Tab"}


def outcome(mode, program):
    try:
        compile(program, "x", mode, dont_inherit=True)
    except SyntaxError as error:
        span = f"{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
        return f"{KINDS[type(error)]} {span} {error.msg}"
    return "ok"


def main():
    warnings.simplefilter("ignore")
    records = {}
    if FILE.exists():
        for line in FILE.read_text("utf-8").splitlines():
            if not line.startswith((" ", "#")) and line:
                mode, program = line.split(" ", 1)
                records[mode, json.loads(program)] = None
    for extra in sys.argv[1:]:
        for program in json.loads(pathlib.Path(extra).read_text("utf-8")):
            records["exec", program] = None
    lines = ["# Recorded from CPython 3.14 by record_syntax_errors.py."]
    for mode, program in records:
        lines.append(f"{mode} {json.dumps(program, ensure_ascii=False)}")
        lines.append(f"  {outcome(mode, program)}")
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


main()
