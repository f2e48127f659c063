# argparse
import argparse, sys
p = argparse.ArgumentParser(prog="tool", description="does things", epilog="the end")
p.add_argument("src"); p.add_argument("rest", nargs="*", type=int)
p.add_argument("-v", "--verbose", action="count", default=0, help="be loud"); p.add_argument("--n", type=int, default=3, metavar="NUM", help="number (default: %(default)s)"); p.add_argument("--flag", action="store_true"); p.add_argument("--mode", choices=["a", "b"]); p.add_argument("--item", action="append"); p.add_argument("--no", action=argparse.BooleanOptionalAction)
print(p.parse_args(["file", "1", "2", "-vv", "--n", "7", "--flag", "--mode=b", "--item", "x", "--item", "y", "--no-no"])); print(p.parse_args(["f"])); print(p.parse_known_args(["f", "--unknown"])[1])
print(p.format_usage(), p.format_help())
sys.stderr = sys.stdout
for a in ([], ["f", "--n", "x"], ["f", "--mode", "z"], ["f", "--bad"], ["f", "q"], ["f", "--flag=1"]):
    try: p.parse_args(a)
    except SystemExit as e: print("exit", e.code)
s = argparse.ArgumentParser(prog="git", exit_on_error=False); sub = s.add_subparsers(dest="cmd", required=True); c = sub.add_parser("commit"); c.add_argument("-m"); c.set_defaults(func="do_commit"); print(s.parse_args(["commit", "-m", "msg"]))
g = argparse.ArgumentParser(prog="x"); grp = g.add_mutually_exclusive_group(); grp.add_argument("--a", action="store_true"); grp.add_argument("--b", action="store_true")
try: g.parse_args(["--a", "--b"])
except SystemExit as e: print("exit", e.code)
try: s.parse_args(["nope"])
except (argparse.ArgumentError, SystemExit) as e: print(type(e).__name__, e)
