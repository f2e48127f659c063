# uncaught: exit codes are taken modulo 256
print("leaving")
raise SystemExit(300)
