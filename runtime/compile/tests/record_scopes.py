"""Records CPython 3.14's symbol tables of the programs in scopes.txt.

Usage: python3.14 record_scopes.py   (run in this folder)

A record is a line with the program as a JSON string, then one line for every block: depth in
spaces, kind, name, nested, parameters, and each name with its flags and scope (the names that
merely pass through come last, sorted).
"""

import _symtable
import json
import pathlib

FILE = pathlib.Path(__file__).with_name("scopes.txt")
FACTS = 0xFFF


def lines(block, depth):
    named = [(name, flags) for name, flags in block.symbols.items() if flags & FACTS]
    passing = sorted((name, flags) for name, flags in block.symbols.items() if not flags & FACTS)
    shown = " ".join(f"{name}:{flags & FACTS},{flags >> 12}" for name, flags in named + passing)
    nested = int(bool(block.nested))
    head = f"{' ' * depth}{block.type} {block.name} {nested} [{','.join(block.varnames)}] {shown}"
    yield head.rstrip()
    for child in block.children:
        yield from lines(child, depth + 1)


def main():
    out = ["# Recorded from CPython 3.14 by record_scopes.py."]
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith('"'):
            out.append(line)
            table = _symtable.symtable(json.loads(line), "x", "exec")
            out.extend(lines(table, 1))
    FILE.write_text("\n".join(out) + "\n", "utf-8")


main()
