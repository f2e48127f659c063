# heapq and bisect
import heapq, bisect
h = [5, 2, 8, 1, 9, 3]
heapq.heapify(h); print(h, heapq.heappop(h), heapq.heappushpop(h, 0), heapq.heapreplace(h, 7), h)
heapq.heappush(h, 4); print([heapq.heappop(h) for _ in range(len(h))], heapq.nlargest(2, [3, 1, 4]), heapq.nsmallest(2, "hello"), heapq.nlargest(1, ["a", "bbb"], key=len), list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge([3, 1], [4, 2], reverse=True)))
m = [1, 5, 3]; heapq.heapify_max(m); print(heapq.heappop_max(m), m)
for f in (lambda: heapq.heappop([]), lambda: heapq.heappush((), 1), lambda: heapq.heapify([1, "a"])):
    try: f()
    except Exception as e: print(type(e).__name__, e)
l = [1, 3, 3, 5]
print(bisect.bisect(l, 3), bisect.bisect_left(l, 3), bisect.bisect_right(l, 9), bisect.bisect(l, 3, 0, 2), bisect.bisect_left([("a", 1), ("b", 2)], 2, key=lambda x: x[1]))
bisect.insort(l, 4); bisect.insort_left(l, 3); print(l)
try: bisect.bisect([1], 1, -1)
except ValueError as e: print(e)
