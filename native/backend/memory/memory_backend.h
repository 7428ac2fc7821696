// The embedded backend: a bus inside this server, for trying the addon out without any server beside it.
//
// It has no thread. Whoever wakes it (the game thread, from Publish) moves the waiting messages to the inbound queue at
// once; the callbacks still run in the next ProcessEvents, like with any other backend.
#pragma once

#include <memory>

#include "core/backend.h"

namespace realtime::memory {

BackendFactory Factory();

}  // namespace realtime::memory
