# keyword
import keyword
print(keyword.kwlist)
print(keyword.softkwlist)
print(keyword.iskeyword("for"), keyword.iskeyword("match"), keyword.issoftkeyword("match"))
