# pyexpat: events of elements, text, declarations, entities, namespaces; input in pieces; errors and their places.
import pyexpat

NAMES = [
    "StartElementHandler", "EndElementHandler", "CharacterDataHandler", "CommentHandler", "ProcessingInstructionHandler",
    "StartCdataSectionHandler", "EndCdataSectionHandler", "XmlDeclHandler", "StartDoctypeDeclHandler",
    "EndDoctypeDeclHandler", "EntityDeclHandler", "NotationDeclHandler", "ElementDeclHandler", "AttlistDeclHandler",
    "StartNamespaceDeclHandler", "EndNamespaceDeclHandler", "UnparsedEntityDeclHandler",
]


def parser(*args, skip=(), **kw):
    p = pyexpat.ParserCreate(*args, **kw)
    for n in NAMES:
        if n not in skip:
            setattr(p, n, lambda *a, n=n: print(" ", n[:-7], a))
    p.buffer_text = True
    return p


def attempt(data, p=None, final=True):
    p = p or pyexpat.ParserCreate()
    try:
        print(p.Parse(data, final))
    except pyexpat.ExpatError as e:
        print("error", e, e.code, e.lineno, e.offset, p.ErrorByteIndex)


doc = b"""<?xml version="1.0" encoding="iso-8859-1" standalone="yes"?>
<!DOCTYPE top SYSTEM "top.dtd" [
<!ELEMENT top (a|(b,c?)*)+>
<!ELEMENT a (#PCDATA|x)*>
<!ATTLIST top kind (x|y) "x" id ID #REQUIRED note CDATA #IMPLIED>
<!NOTATION gif PUBLIC "-//gif">
<!ENTITY hello "Hi &amp;#38; &lt;a&gt;there&lt;/a&gt;">
<!ENTITY pic SYSTEM "p.gif" NDATA gif>
<!ENTITY % inner "<!ENTITY more 'yes'>">

]>
<!-- a comment -->
<top id='1 &amp; 2'>text \xe9 &#65;&#x42; &hello;
<?target some data?><![CDATA[<raw> & ]] ]]><empty  a="1"
 b='two'/></top>
<!-- end -->
"""
attempt(doc, parser())
p = parser(skip=["CharacterDataHandler"])
for i in range(0, len(doc)):
    p.Parse(doc[i : i + 1], False)
attempt(b"", p)
p = parser(namespace_separator="|")
attempt('<a xmlns="u1" xmlns:p="u2" p:x="1" y="2"><p:b/><c xmlns=""/></a>', p)
p = parser(namespace_separator=" ")
p.namespace_prefixes = True
p.ordered_attributes = True
attempt("<p:a xmlns:p='u' p:x='1' z='2'>\u20ac</p:a>", p)
attempt("<a>\u00e9\u4e2d</a>".encode("utf-16"), parser())
p = pyexpat.ParserCreate()
got = []
p.CharacterDataHandler = got.append
p.DefaultHandler = lambda s: got.append(("default", s))
attempt(b"<a>one\ntwo&amp;three\r\n<b/></a>", p)
print(got)
for bad in (
    b"", b"<a>", b"<a></b>", b"<a><b></a>", b"<a", b"<a>&nope;</a>", b"<a x='1' x='2'/>", b"<a/><b/>", b"<a/>x", b"x", b"<a>&#0;</a>",
    b"<a>\x01</a>", b"<a>]]></a>", b"<a b=c/>", b"<a b='<'/>", b"<a>\xff</a>", b" <?xml version='1.0'?><a/>", b"<?xml version='1.0' x='y'?><a/>",
    b"<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", b"<a>\n  <b>\n</a>", b"<a><!-- x -- y --></a>", b"<?xml version='1.0' encoding='x-nope-8'?><a/>"[:0] + b"<1/>",
):
    attempt(bad)
attempt("<p:a/>", pyexpat.ParserCreate(namespace_separator=":"))


def outer(context, base, system, public):
    print("external", context, base, system, public)
    inner = p.ExternalEntityParserCreate(context)
    inner.StartElementHandler = lambda n, a: print("inner", n, a)
    inner.Parse(b"<x/>text<y z='1'/>", True)
    return 1


p = parser()
p.SetBase("http://base/")
p.ExternalEntityRefHandler = outer
attempt(b"<!DOCTYPE a [<!ENTITY e SYSTEM 'e.xml'>]><a>&e;</a>", p)
print(pyexpat.ErrorString(7), pyexpat.errors.codes["mismatched tag"], pyexpat.errors.messages[7], pyexpat.model.XML_CTYPE_SEQ)
