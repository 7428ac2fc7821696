#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "host/system/process.h"

namespace host::system {

namespace {

namespace fs = std::filesystem;

int CountEntries(const char* directory) {
    std::error_code error;
    const fs::directory_iterator entries(directory, error);
    return error ? 0 : static_cast<int>(std::distance(begin(entries), end(entries)));
}

}  // namespace

double ResidentBytes() {
    std::ifstream stream("/proc/self/statm");
    double total_pages = 0;
    double resident_pages = 0;
    stream >> total_pages >> resident_pages;
    return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double HeapBytes() {
#if __GLIBC_PREREQ(2, 33)
    const auto heap = mallinfo2();
    return static_cast<double>(heap.uordblks) + static_cast<double>(heap.hblkhd);
#else
    const auto heap = mallinfo();  // in ints, which overflow above 2 GiB
    return static_cast<double>(heap.uordblks) + static_cast<double>(heap.hblkhd);
#endif
}

int OpenDescriptors() {
    return CountEntries("/proc/self/fd") - 1;
}

int RunningThreads() {
    return CountEntries("/proc/self/task");
}

ThreadUsage UsageOfThisThread() {
    constexpr double kNanosecond = 1e-9;
    timespec ran{};
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ran);
    rusage usage{};
    (void)getrusage(RUSAGE_THREAD, &usage);
    return {static_cast<double>(ran.tv_sec) + static_cast<double>(ran.tv_nsec) * kNanosecond,
            static_cast<double>(usage.ru_nvcsw)};
}

void PrepareOutput() {
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
}

}  // namespace host::system
