# uncaught: KeyError shows the repr of its key
{}["multi\nline 'key'"]
