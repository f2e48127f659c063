# chr, ord, bin, oct, hex, ascii
print(chr(0).encode(), chr(233), chr(0x10FFFF).encode(), ord("é"), ord(b"a"), ord(bytearray(b"z")), bin(-5), oct(-8), hex(-255), bin(2**70), ascii("é\n😀"), ascii([1, "é"]))
class I:
    def __index__(self): return 10
print(bin(I()), oct(I()), hex(I()), chr(I()) == "\n")
for f in (lambda: chr(-1), lambda: chr(0x110000), lambda: chr(2**70), lambda: ord(""), lambda: ord("ab"), lambda: ord(b"ab"), lambda: hex(1.5), lambda: chr("a"), lambda: ord(5)):
    try: f()
    except (TypeError, ValueError, OverflowError) as e: print(type(e).__name__, e)
