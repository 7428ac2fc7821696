-- Run before any addon: what is left of the map before, with nothing of ours loaded yet.
print("@@ before " .. table.concat({
  tostring(host.Mapped("gmsv_realtime_core")), host.Threads(), host.Descriptors(), host.References(), host.InvalidFrees(),
}, " "))
