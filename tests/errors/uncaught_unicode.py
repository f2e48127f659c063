# uncaught: carets count the width of wide characters
変数 = {"é": 1}
print("日本語", 変数["ключ"])
