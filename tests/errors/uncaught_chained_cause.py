# uncaught: an exception raised from another
class ConfigError(Exception):
    pass

def load():
    try:
        open_it()
    except OSError as e:
        raise ConfigError("cannot load") from e

def open_it():
    raise OSError(2, "No such file", "settings.ini")

load()
