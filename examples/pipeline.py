"""A pipeline of generators: each stage takes what the one before yields; nothing is computed before it is asked for."""


def numbers(seed, count):
    """A small linear congruential generator."""
    state = seed
    for _ in range(count):
        state = (1103515245 * state + 12345) % 2**31
        yield state >> 8


def records(values):
    for number, value in enumerate(values):
        yield {"id": number, "kind": "abcde"[value % 5], "amount": value % 1000}


def only(rows, **wanted):
    return (row for row in rows if all(row[k] in v for k, v in wanted.items()))


def batches(rows, size):
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def running_totals():
    """A coroutine: gets batches with send(), yields the totals so far."""
    totals = {}
    while True:
        batch = yield dict(totals)
        for row in batch:
            totals[row["kind"]] = totals.get(row["kind"], 0) + row["amount"]


def main():
    rows = only(records(numbers(seed=7, count=20_000)), kind="ace", amount=range(100, 900))
    totals = running_totals()
    next(totals)
    for number, batch in enumerate(batches(rows, 2000)):
        seen = totals.send(batch)
        line = ", ".join(f"{kind}={amount}" for kind, amount in sorted(seen.items()))
        print(f"after batch {number} ({len(batch)} rows): {line}")
    totals.close()


if __name__ == "__main__":
    main()
