# \N escapes and unicodedata lookups
print("\N{GREEK SMALL LETTER ALPHA}\N{EURO SIGN}\N{SNOWMAN}\N{LATIN SMALL LETTER E WITH ACUTE}")
import unicodedata as u
for c in "aé€½٣ 漢\u0301":
    print(ascii(c), u.category(c), u.name(c, "?"), u.numeric(c, None), u.bidirectional(c), u.combining(c))
print(u.lookup("SNOWMAN"), [ascii(u.normalize(f, "é\ufb01")) for f in ("NFC", "NFD", "NFKC", "NFKD")])
print(u.decimal("7"), u.digit("²"), u.east_asian_width("漢"), u.mirrored("("), u.is_normalized("NFC", "e\u0301"))
try:
    u.lookup("NOT A NAME")
except KeyError as e:
    print(e)
