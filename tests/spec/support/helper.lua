-- Runs before the specs: they say something about GMod only on the interpreter that GMod has.
assert(jit, "the specs need LuaJIT: busted --lua=\"$(command -v luajit)\"")
