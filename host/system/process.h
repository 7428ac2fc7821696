// What the process looks like from outside. Each figure is for comparing with itself, on one system.
#pragma once

#include <cstddef>

namespace host::system {

/// Resident bytes.
double ResidentBytes();
/// Bytes in blocks of the C library's heap, or of all heaps, that are allocated and not freed.
double HeapBytes();
/// Open descriptors or handles, without what the counting itself takes.
int OpenDescriptors();
int RunningThreads();

struct ThreadUsage {
    double processor_seconds;  ///< that it ran
    double times_given_up;     ///< how often it gave the processor up to wait; 0 on Windows, which does not tell
};
/// Of the thread that calls.
ThreadUsage UsageOfThisThread();

/// Makes standard output a stream of lines, byte for byte.
void PrepareOutput();

}  // namespace host::system
