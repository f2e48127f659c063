# uncaught: no module of that name
import nonexistent_module_xyz.sub
