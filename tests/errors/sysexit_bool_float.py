# uncaught: other exit values are printed
raise SystemExit(2.5)
