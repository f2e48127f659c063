# uncaught: __future__ import not at the top
x = 1
from __future__ import annotations
