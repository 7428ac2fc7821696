#include "host/server/end_signals.h"

#include <csignal>

namespace host::end_signals {

namespace {

// The one static of the host: a signal handler has nothing else to write to.
volatile std::sig_atomic_t requested = 0;

void Handle(int) {
    requested = 1;
}

}  // namespace

void Install() {
#if defined(_WIN32)
    std::signal(SIGINT, Handle);  // resets itself, as asked for below
    std::signal(SIGTERM, Handle);
#else
    struct sigaction action {};
    action.sa_handler = Handle;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
#endif
}

bool Requested() {
    return requested != 0;
}

}  // namespace host::end_signals
