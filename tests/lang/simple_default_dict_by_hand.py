# grouping with dicts and sets
people = [("ann", 30), ("bob", 25), ("cid", 30), ("dan", 25), ("eve", 41)]
by_age = {}
for name, age in people:
    by_age.setdefault(age, []).append(name)
print(by_age)
for age, names in sorted(by_age.items()):
    print(age, ", ".join(names))
inv = {name: age for age, names in by_age.items() for name in names}
print(inv == dict(people), sorted(inv, key=lambda n: (-inv[n], n)))
ages = {a for _, a in people}
print(sorted(ages), sum(ages), len(people) - len(ages))
first = {}
for n, a in people:
    if a not in first: first[a] = n
print(first, [k for k, v in first.items() if v[0] in "ab"])
