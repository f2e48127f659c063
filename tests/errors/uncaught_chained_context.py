# uncaught: during handling of one exception another occurred
def convert(text):
    try:
        return int(text)
    except ValueError:
        return {}[text]

convert("abc")
