# uncaught: leading whitespace is dropped from source lines
if True:
		if True:
			x = [1, 2] [5]
