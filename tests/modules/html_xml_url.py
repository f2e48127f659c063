# html, xml.etree, urllib.parse
import html, urllib.parse as u
print(html.escape("<a href='x'>&"), html.unescape("&lt;&#233;&eacute;&amp;&nosuch;"))
print(u.urlparse("http://u:p@host:80/p;x?q=1#f"), u.urlsplit("//h/p").netloc, u.quote("a b/é?"), u.quote_plus("a b&"), u.unquote("%C3%A9+x"), u.unquote_plus("a+b"), u.urlencode({"a": 1, "b": "x y", "c": ["p", "q"]}, doseq=True), u.parse_qs("a=1&a=2&b="), u.parse_qsl("x=1&y=2"), u.urljoin("http://h/a/b", "../c"), u.urlunparse(("http", "h", "/p", "", "q=1", "")))
r = u.urlsplit("https://example.com:8080/x?y#z"); print(r.hostname, r.port, r.scheme, r.geturl(), r._replace(path="/n").geturl())
from html.parser import HTMLParser
class H(HTMLParser):
    def handle_starttag(self, t, a): print("start", t, a)
    def handle_endtag(self, t): print("end", t)
    def handle_data(self, d): print("data", repr(d))
H().feed("<p class='x'>hi <b>there</b> &amp; <br/></p>")
