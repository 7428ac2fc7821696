// SIGINT and SIGTERM: the first asks for an orderly end, a second one ends the process at once.
#pragma once

namespace host::end_signals {

void Install();
bool Requested();

}  // namespace host::end_signals
