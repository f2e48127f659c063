# a small text report
text = """alpha,3,x
beta,10,y

gamma,7,x
# comment
delta,bad,z
"""
rows, errors = [], []
for n, line in enumerate(text.splitlines(), 1):
    line = line.strip()
    if not line or line.startswith("#"): continue
    try:
        name, num, tag = line.split(",")
        rows.append({"name": name, "num": int(num), "tag": tag})
    except ValueError as e: errors.append((n, str(e)))
print(rows, errors, sep="\n")
groups = {}
for r in rows: groups.setdefault(r["tag"], []).append(r["num"])
for tag in sorted(groups): print(f"{tag:<3}{sum(groups[tag]):>5}{max(groups[tag]):>5}{len(groups[tag]):>3}")
best = max(rows, key=lambda r: r["num"]); print(best["name"].title(), {**best, "num": -best["num"]})
print("\n".join(f"{r['name']:.<10}{r['num']:.>4}" for r in sorted(rows, key=lambda r: r["name"], reverse=True)))
words = "It was the best of times, it was the worst of times".lower().replace(",", "").split()
print(sorted({w: words.count(w) for w in words}.items(), key=lambda kv: (-kv[1], kv[0]))[:4])
