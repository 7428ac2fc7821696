# What the four platforms have in common: the same sources give the same bytes wherever and whenever they are built, and
# nothing has to be installed for them.

# No path of this machine in the binary.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)

if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    # Numbers as wide as they are declared, not the coprocessor's 80 bits; and the game's own code, which calls us, need
    # not keep the stack aligned as SSE wants it.
    add_compile_options(-msse2 -mfpmath=sse -mstackrealign)
endif()

if(WIN32)
    add_link_options(-static -Wl,--no-insert-timestamp)
else()
    # The tree's own headers never change, and are not found outside of it.
    foreach(language C CXX)
        set(CMAKE_DEPFILE_FLAGS_${language} "-MMD -MT <DEP_TARGET> -MF <DEP_FILE>")
    endforeach()
endif()
