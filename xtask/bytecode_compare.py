"""Compares the front end's code objects with CPython's over a directory of Python files.

    python3.14 xtask/bytecode_compare.py --golden FILE...      (writes FILE's expected code objects beside it, as .txt)
    python3.14 xtask/bytecode_compare.py [-O|-OO] [--show N] [--eval|--single] [--await] DUMP PATH...

DUMP is the built example (`cargo build -p pyjit-compile --example dump`). Run it with the CPython release the project
follows. Prints the share of identical code objects and groups the others by the first field (or opcode) that differs.
"""

import ast
import collections
import dis
import json
import os
import struct
import subprocess
import sys

FIELDS = ("error name qualname argcount posonlyargcount kwonlyargcount flags localsplusnames variables names "
          "code stacksize exceptiontable linetable consts firstlineno").split()

MODES = {"--eval": "eval", "--single": "single"}


def const(value):
    kind = type(value)
    if value is None or value is True or value is False or value is Ellipsis:
        return [repr(value)]
    if kind is int:
        return ["int", str(value)]
    if kind is float:
        return ["float", struct.pack(">d", value).hex()]
    if kind is complex:
        return ["complex", struct.pack(">dd", value.real, value.imag).hex()]
    if kind is str:
        if any(0xd800 <= ord(c) < 0xe000 for c in value):
            return ["points", [ord(c) for c in value]]
        return ["str", value]
    if kind is bytes:
        return ["bytes", value.hex()]
    if kind is tuple:
        return ["tuple", [const(v) for v in value]]
    if kind is frozenset:
        return ["frozenset", sorted((const(v) for v in value), key=repr)]
    if kind is slice:
        return ["slice", [const(value.start), const(value.stop), const(value.step)]]
    return ["code", describe(value)]


def normal(value):
    if value[0] == "frozenset":
        return ["frozenset", sorted((normal(v) for v in value[1]), key=repr)]
    if value[0] in ("tuple", "slice"):
        return [value[0], [normal(v) for v in value[1]]]
    if value[0] == "code":
        return ["code", value[1]["name"]]
    return value


def describe(code):
    varnames = code.co_varnames
    plus = list(varnames) + [n for n in code.co_cellvars if n not in varnames] + list(code.co_freevars)
    return {
        "name": code.co_name, "qualname": code.co_qualname, "firstlineno": code.co_firstlineno,
        "argcount": code.co_argcount, "posonlyargcount": code.co_posonlyargcount,
        "kwonlyargcount": code.co_kwonlyargcount, "flags": code.co_flags, "stacksize": code.co_stacksize,
        "code": code.co_code.hex(), "linetable": code.co_linetable.hex(),
        "exceptiontable": code.co_exceptiontable.hex(), "names": list(code.co_names),
        "variables": [list(code.co_varnames), list(code.co_cellvars), list(code.co_freevars)],
        "localsplusnames": plus, "consts": [const(c) for c in code.co_consts],
    }


def instructions(hexcode):
    data = bytes.fromhex(hexcode)
    out, ext = [], 0
    for at in range(0, len(data), 2):
        op, arg = data[at], data[at + 1] | ext
        if op == dis.EXTENDED_ARG:
            ext = arg << 8
            continue
        ext = 0
        if op:
            out.append((dis.opname[op], arg, at))
    return out


def positions(table, first):
    code = compile("0", "", "eval").replace(co_linetable=bytes.fromhex(table), co_firstlineno=first,
                                            co_code=bytes(65536))
    return list(code.co_positions())


class Report:
    def __init__(self):
        self.same = self.total = self.files = self.same_files = 0
        self.groups = collections.Counter()
        self.examples = collections.defaultdict(list)

    def compare(self, file, theirs, ours):
        self.total += 1
        found = None
        kinds = list(zip(ours["localsplusnames"], bytes.fromhex(ours["kinds"])))
        ours["variables"] = [[name for name, kind in kinds if kind & bit] for bit in (0x20, 0x40, 0x80)]
        for field in FIELDS:
            a, b = theirs.get(field), ours.get(field)
            if field == "consts":
                a, b = [normal(c) for c in a], [normal(c) for c in b]
            if a != b:
                found = field
                break
        where = f"{file}:{theirs['firstlineno']} {theirs['qualname']}"
        if found is None:
            self.same += 1
        else:
            detail = ""
            if found == "code":
                x, y = instructions(theirs["code"]), instructions(ours["code"])
                for p, q in zip(x, y):
                    if p[:2] != q[:2]:
                        found = f"code {p[0]} / {q[0]}" + (" arg" if p[0] == q[0] else "")
                        detail = f"at {p[2]}: {p[:2]} / {q[:2]}"
                        break
                else:
                    found = "code length"
            elif found == "linetable":
                x = bytes.fromhex(theirs["linetable"])
                detail = line_difference(theirs, ours)
                found = "linetable " + detail.split("|")[0]
            else:
                detail = f"{a!r:.200} / {b!r:.200}"
            self.groups[found] += 1
            if len(self.examples[found]) < 5:
                self.examples[found].append(f"{where} {detail}")
        inner_a = [c[1] for c in theirs["consts"] if c[0] == "code"]
        inner_b = [c[1] for c in ours["consts"] if c[0] == "code"]
        for a, b in zip(inner_a, inner_b):
            self.compare(file, a, b)
        self.total += max(0, len(inner_a) - len(inner_b))
        return found is None


def line_difference(theirs, ours):
    import types
    def make(d):
        base = compile("0", "", "eval")
        return base.replace(co_code=bytes.fromhex(d["code"]), co_linetable=bytes.fromhex(d["linetable"]),
                            co_firstlineno=d["firstlineno"], co_consts=tuple(range(1000)))
    try:
        a, b = list(make(theirs).co_positions()), list(make(ours).co_positions())
    except Exception as error:
        return f"? | {error}"
    data = bytes.fromhex(theirs["code"])
    for at, (p, q) in enumerate(zip(a, b)):
        if p != q:
            return f"{dis.opname[data[at * 2]]} | unit {at}: {p} / {q}"
    return "coding | same positions"


def golden(file):
    lines = []

    def add(code):
        names = list(code.co_varnames) + [n for n in code.co_cellvars if n not in code.co_varnames]
        names += code.co_freevars
        lines.append(" | ".join([
            code.co_qualname, str(code.co_firstlineno), hex(code.co_flags), str(code.co_stacksize),
            " ".join(code.co_names), " ".join(names), str(len(code.co_consts)),
            code.co_code.hex(), code.co_linetable.hex(), code.co_exceptiontable.hex()]))
        for value in code.co_consts:
            if hasattr(value, "co_code"):
                add(value)

    with open(file, "rb") as source:
        add(compile(source.read(), os.path.basename(file), "exec", dont_inherit=True))
    with open(file[:-3] + ".txt", "w") as out:
        out.write("\n".join(lines) + "\n")


def main():
    args = sys.argv[1:]
    if args[:1] == ["--golden"]:
        for file in args[1:]:
            golden(file)
        return
    flags = [a for a in args if a in MODES or a in ("-O", "-OO", "--await")]
    mode = next((MODES[a] for a in args if a in MODES), "exec")
    levels = [a for a in flags if a.startswith("-O")]
    features = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if "--await" in flags else 0
    optimize = len(levels[0]) - 1 if levels else 0
    show = 3
    if "--show" in args:
        at = args.index("--show")
        show = int(args[at + 1])
        del args[at:at + 2]
    args = [a for a in args if a not in flags]
    dump, paths = args[0], args[1:]
    files = []
    for path in paths:
        if os.path.isfile(path):
            files.append(path)
        for folder, folders, names in os.walk(path):
            folders.sort()
            files += [os.path.join(folder, n) for n in sorted(names) if n.endswith(".py") and os.path.isfile(os.path.join(folder, n))]
    report = Report()
    import warnings
    warnings.simplefilter("ignore")
    with subprocess.Popen([dump, *flags, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        import threading
        def feed():
            process.stdin.write("\n".join(files) + "\n")
            process.stdin.close()
        threading.Thread(target=feed).start()
        sys.setrecursionlimit(20000)
        for line in process.stdout:
            ours = json.loads(line)
            file = ours["file"]
            try:
                with open(file, "rb") as source:
                    theirs = describe(compile(source.read(), file, mode, features, dont_inherit=True, optimize=optimize))
            except (SyntaxError, ValueError, RecursionError) as error:
                if "code" in ours:
                    report.groups["CPython rejects"] += 1
                    report.examples["CPython rejects"].append(f"{file}: {error}")
                continue
            report.files += 1
            if "error" in ours:
                report.groups["error"] += 1
                report.examples["error"].append(f"{ours['error']}")
                continue
            before = report.same
            total = report.total
            report.compare(file, theirs, ours["code"])
            report.same_files += report.same - before == report.total - total
    for group, count in report.groups.most_common():
        print(f"{count:7} {group}")
        for example in report.examples[group][:show]:
            print(f"          {example}")
    print(f"{report.same} of {report.total} code objects identical "
          f"({100 * report.same / max(1, report.total):.2f} %), {report.same_files} of {report.files} files")


main()
