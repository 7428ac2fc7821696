// A library without entry points: `require` must say so.
extern "C" __attribute__((visibility("default"))) int hostempty_nothing() {
    return 0;
}
