"""Statements of every kind in functions."""
import os, os.path as path
from collections import OrderedDict as Ordered, deque


def loops(items, limit=10, *rest, key=None, **extra):
    """Loops with else, break and continue."""
    total = 0
    for index, item in enumerate(items):
        if item is None:
            continue
        elif item > limit and not key:
            break
        total += item
    else:
        total = -1
    while total > 0 or items:
        total -= 1
        if total == 5:
            return total
    return total, rest, extra


def handlers(name):
    try:
        file = open(name)
    except FileNotFoundError as error:
        return error
    except (OSError, ValueError):
        raise RuntimeError(name) from None
    else:
        with file as stream, lock:
            data = stream.read()
            return data
    finally:
        print("done")


def groups():
    try:
        work()
    except* ValueError as group:
        log(group)
    except* TypeError:
        pass


def targets(a, b):
    (x, y), *z = a
    a.field = b[x] = y
    a.field += 1
    b[x] **= 2
    b[1:x] = z
    b[x:y] += [1]
    del a.field, b[0], x
    assert y, "message"
    global counter
    counter = lambda p, /, q=1, *, r: (p, q, r)


def matching(subject):
    match subject:
        case 0 | -1 | 1.5 + 2j:
            return "number"
        case [first, *_, last] if first:
            return last
        case {"key": value, **others}:
            return value, others
        case Point(x=0, y=[a, *b]) as point:
            return point, a, b
        case None | True:
            return subject
        case str() | bytes():
            pass
        case _:
            return None
