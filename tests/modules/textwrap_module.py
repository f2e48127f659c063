# textwrap
import textwrap
s = "The quick brown fox jumped over the lazy dog, twice-over and supercalifragilistic."
print(textwrap.wrap(s, 20)); print(textwrap.fill(s, 30, initial_indent="* ", subsequent_indent="  ")); print(textwrap.shorten(s, 30), textwrap.shorten(s, 20, placeholder="~"))
print(repr(textwrap.dedent("""
    a
      b

    c
    """)), repr(textwrap.indent("a\n\nb\n", "> ")), repr(textwrap.indent("a\nb", "+", lambda l: "b" in l)), repr(textwrap.dedent("\ta\n\t b\n  \n")))
print(textwrap.wrap("aaaaaaaaaa bb", 4), textwrap.wrap("aaaaaaaaaa bb", 4, break_long_words=False), textwrap.wrap("a  b   c", 5), textwrap.wrap("", 5), textwrap.wrap("xxx yyy zzz www", 9, max_lines=1), textwrap.wrap("well-known", 6), textwrap.wrap("well-known", 6, break_on_hyphens=False))
