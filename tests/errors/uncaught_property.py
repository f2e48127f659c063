# uncaught: error inside a property and a __getitem__
class C:
    @property
    def value(self):
        return self["k"]
    def __getitem__(self, k):
        raise LookupError(f"no {k}")
print(C().value)
