# The warnings that all our own code is built with. Third-party headers come in as SYSTEM and are spared.
add_library(migcheck_warnings INTERFACE)
target_compile_options(migcheck_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wunused -Wnull-dereference -Wdouble-promotion
    -Wformat=2 -Wimplicit-fallthrough>
  $<$<CXX_COMPILER_ID:GNU>:$<$<COMPILE_LANGUAGE:CXX>:-Wduplicated-cond -Wlogical-op -Wno-missing-field-initializers
    -Wno-null-dereference -Wno-restrict>>
  $<$<CXX_COMPILER_ID:Clang>:$<$<COMPILE_LANGUAGE:CXX>:-Wno-missing-field-initializers>>)
if(MIGCHECK_WERROR)
  target_compile_options(migcheck_warnings INTERFACE -Werror)
endif()
