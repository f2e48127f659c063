# uncaught: augmented assignment
totals = {"x": 1}
totals["x"] += 5
totals["y"] += 5
