// The one place that names every backend: a new one is a folder beside this file, which defines
// realtime::NAME::Factory(), and one line here. The first is the default.
#include "core/backend.h"

#define REALTIME_BACKENDS(BACKEND) \
    BACKEND(memory)                \
    BACKEND(redis)                 \
    /* the last line of the list */

namespace realtime {

#define REALTIME_DECLARE(name) \
    namespace name {           \
    BackendFactory Factory();  \
    }
REALTIME_BACKENDS(REALTIME_DECLARE)
#undef REALTIME_DECLARE

const std::vector<BackendFactory>& BackendList() {
#define REALTIME_CALL(name) name::Factory(),
    static const std::vector<BackendFactory> kBackends{REALTIME_BACKENDS(REALTIME_CALL)};
#undef REALTIME_CALL
    return kBackends;
}

}  // namespace realtime
