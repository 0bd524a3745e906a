# The libraries that Debian packages: fmt, spdlog, yaml-cpp, threads.
#
# With MIGCHECK_PORTABLE they are all inside the binary (headers only, or the static library), and so are the C++
# runtime and jemalloc, which hands out memory faster than glibc does and keeps less of it back: what is shipped then
# needs nothing but glibc. Without it the build is faster.

option(MIGCHECK_PORTABLE "The binary needs nothing but glibc" OFF)

find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(Threads REQUIRED)

if(NOT TARGET yaml-cpp::yaml-cpp)  # the name since 0.8; Debian 12 has 0.7
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

set(MIGCHECK_FMT fmt::fmt)
set(MIGCHECK_SPDLOG spdlog::spdlog)
set(MIGCHECK_YAML yaml-cpp::yaml-cpp)
if(MIGCHECK_PORTABLE)
  set(MIGCHECK_FMT fmt::fmt-header-only)
  set(MIGCHECK_SPDLOG spdlog::spdlog_header_only)
  find_library(MIGCHECK_YAML_ARCHIVE libyaml-cpp.a REQUIRED)
  add_library(yaml_cpp_archive STATIC IMPORTED)
  set_target_properties(yaml_cpp_archive PROPERTIES
    IMPORTED_LOCATION ${MIGCHECK_YAML_ARCHIVE}
    INTERFACE_INCLUDE_DIRECTORIES "$<TARGET_PROPERTY:yaml-cpp::yaml-cpp,INTERFACE_INCLUDE_DIRECTORIES>")
  set(MIGCHECK_YAML yaml_cpp_archive)
  find_library(MIGCHECK_JEMALLOC libjemalloc_pic.a REQUIRED)
  add_link_options(-static-libstdc++ -static-libgcc)
endif()
