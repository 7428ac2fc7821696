// The one place that names every backend. A new one is a folder beside these and a line here.
#include "backend/memory/memory_backend.h"
#include "backend/redis/redis_backend.h"

namespace realtime {

const std::vector<BackendFactory>& BackendList() {
    static const std::vector<BackendFactory> kBackends{
        memory::Factory(),
        redis::Factory(),
    };
    return kBackends;
}

}  // namespace realtime
