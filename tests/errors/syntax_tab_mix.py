# uncaught: tabs and spaces do not agree
if True:
        x = 1
	y = 2
