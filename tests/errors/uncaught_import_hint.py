# uncaught: ImportError with a hint
from sys import excepthok
