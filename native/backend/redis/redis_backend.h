// The Redis backend: one I/O thread, one connection to publish on and one to be subscribed on, over hiredis.
#pragma once

#include "core/backend.h"

namespace realtime::redis {

BackendFactory Factory();

}  // namespace realtime::redis
