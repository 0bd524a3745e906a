# Finds libpg_query, PostgreSQL's own parser as a library, and makes the target pg_query.
#
# scripts/setup unpacks Debian's development package into .deps/pg_query-<major>; a system-wide installation
# comes second. The static library is preferred: the binary then needs nothing but glibc. Grammar 18 was
# built against a newer glibc than Debian 12's; a two-function shim stands in where the link test fails.

set(_candidates)
if(MIGCHECK_GRAMMAR STREQUAL "auto")
  set(_majors 18 17)
else()
  set(_majors ${MIGCHECK_GRAMMAR})
endif()
foreach(_major IN LISTS _majors)
  list(APPEND _candidates ${CMAKE_CURRENT_SOURCE_DIR}/.deps/pg_query-${_major}/usr)
endforeach()
list(APPEND _candidates /usr/local /usr)

set(_triplet ${CMAKE_LIBRARY_ARCHITECTURE})
foreach(_prefix IN LISTS _candidates)
  find_library(_library NAMES libpg_query.a pg_query PATHS ${_prefix}/lib ${_prefix}/lib/${_triplet}
               NO_DEFAULT_PATH NO_CACHE)
  find_path(_include pg_query.h PATHS ${_prefix}/include ${_prefix}/include/pg_query
            NO_DEFAULT_PATH NO_CACHE)
  if(_library AND _include)
    file(STRINGS ${_include}/pg_query.h _line REGEX "^#define PG_VERSION_NUM[ \t]+[0-9]+")
    string(REGEX MATCH "[0-9]+$" _number "${_line}")
    math(EXPR _major "${_number} / 10000")
    if(_major IN_LIST _majors)
      set(MIGCHECK_PG_QUERY_LIBRARY ${_library})
      set(MIGCHECK_PG_QUERY_INCLUDE ${_include})
      set(MIGCHECK_PG_MAJOR ${_major})
      break()
    endif()
  endif()
  unset(_library)
  unset(_include)
endforeach()

if(NOT MIGCHECK_PG_QUERY_LIBRARY)
  message(FATAL_ERROR "libpg_query (PostgreSQL ${_majors} grammar) was not found. Run scripts/setup first.")
endif()
message(STATUS "libpg_query: PostgreSQL ${MIGCHECK_PG_MAJOR} grammar, ${MIGCHECK_PG_QUERY_LIBRARY}")

add_library(pg_query INTERFACE)
target_link_libraries(pg_query INTERFACE ${MIGCHECK_PG_QUERY_LIBRARY})
target_include_directories(pg_query SYSTEM INTERFACE
  ${MIGCHECK_PG_QUERY_INCLUDE} ${MIGCHECK_PG_QUERY_INCLUDE}/pg_query
  ${MIGCHECK_PG_QUERY_INCLUDE}/pg_query/postgres)
target_compile_definitions(pg_query INTERFACE MIGCHECK_PG_MAJOR=${MIGCHECK_PG_MAJOR})

file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/pg_query_links.c
     "#include <pg_query.h>\nint main(void) { return pg_query_parse(\"SELECT 1\").error != 0; }\n")
try_compile(MIGCHECK_PG_QUERY_LINKS ${CMAKE_CURRENT_BINARY_DIR}/pg_query_links
            ${CMAKE_CURRENT_BINARY_DIR}/pg_query_links.c
            CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${MIGCHECK_PG_QUERY_INCLUDE}
            LINK_LIBRARIES ${MIGCHECK_PG_QUERY_LIBRARY} pthread)
if(NOT MIGCHECK_PG_QUERY_LINKS)
  add_library(pg_query_glibc_shim OBJECT ${CMAKE_CURRENT_SOURCE_DIR}/src/parse/glibc_shim.c)
  target_link_libraries(pg_query INTERFACE pg_query_glibc_shim $<TARGET_OBJECTS:pg_query_glibc_shim>)
endif()

# Where the parser ends the process, no destructor runs under the other threads.
add_library(pg_query_exit OBJECT ${CMAKE_CURRENT_SOURCE_DIR}/src/parse/parser_exit.c)
target_include_directories(pg_query_exit PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
target_link_libraries(pg_query INTERFACE pg_query_exit $<TARGET_OBJECTS:pg_query_exit>)
target_link_options(pg_query INTERFACE -Wl,--wrap=exit)
