-- The clocks of the game.
local engine = ...

SysTime = engine.native.sysTime
function CurTime() return engine.curTime end
function RealTime() return engine.realTime end
function FrameTime() return engine.frameTime end
function UnPredictedCurTime() return engine.curTime end
