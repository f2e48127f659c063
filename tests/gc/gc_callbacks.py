# gc.callbacks are told of collections
import gc
log = []
def cb(phase, info):
    log.append((phase, sorted(info), info["generation"]))
gc.callbacks.append(cb)
gc.collect()
gc.callbacks.remove(cb)
gc.collect()
print(log)
