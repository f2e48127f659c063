# argparse: nargs forms, types, groups, defaults, custom actions
import argparse
def pos(s):
    v = int(s)
    if v <= 0: raise argparse.ArgumentTypeError(f"{v} is not positive")
    return v
p = argparse.ArgumentParser(prog="p", add_help=False, exit_on_error=False)
p.add_argument("-a", nargs=2); p.add_argument("-o", nargs="?", const="C", default="D"); p.add_argument("-s", nargs="*"); p.add_argument("-p", nargs="+", type=pos); p.add_argument("--const", action="store_const", const=5); p.add_argument("--ap", dest="l", action="append_const", const=1); p.add_argument("--ext", action="extend", nargs="+", type=float); p.add_argument("--ver", action="version", version="v1")
for a in ("", "-o", "-o x -a 1 2", "-s", "-s a b -p 1 2", "--const --ap --ap", "--ext 1 2 --ext 3"): print(p.parse_args(a.split()))
for a in ("-a 1", "-p 0", "-p x", "-p"):
    try: p.parse_args(a.split())
    except argparse.ArgumentError as e: print(e)
class Up(argparse.Action):
    def __call__(self, parser, ns, values, opt=None): setattr(ns, self.dest, values.upper())
q = argparse.ArgumentParser(prog="q", prefix_chars="-+", fromfile_prefix_chars="@", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
g = q.add_argument_group("special", "group text"); g.add_argument("+x", action=Up, help="plus option"); q.add_argument("--long-name", default=3, type=int, help="a number"); q.set_defaults(extra="e")
print(q.parse_args(["+x", "abc", "--long-n", "7"]), q.format_help(), q.get_default("extra"), q.parse_args(["--long-name=4"], namespace=argparse.Namespace(pre=1)))
sp = argparse.ArgumentParser(prog="s"); sub = sp.add_subparsers(title="cmds", metavar="CMD"); x = sub.add_parser("add", help="adds", aliases=["a"]); x.add_argument("n", type=int, nargs="+"); x.set_defaults(f=sum); ns = sp.parse_args(["a", "1", "2"]); print(ns.f(ns.n), sp.format_help()); print(sp.parse_args(["add", "--", "5"]).n, p.parse_intermixed_args(["-o", "z"]).o)
