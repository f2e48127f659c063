# uncaught: raising something else
raise "a string"
