# `cpack` in a release build makes the .deb and the .tar.gz. The npm packages are made from the same binary by
# packaging/npm/build.

set(CPACK_PACKAGE_NAME migcheck)
set(CPACK_PACKAGE_VENDOR "The migcheck authors")
set(CPACK_PACKAGE_CONTACT "The migcheck authors <migcheck@users.noreply.github.com>")
set(CPACK_PACKAGE_HOMEPAGE_URL ${MIGCHECK_URL})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "linter for PostgreSQL migrations")
set(CPACK_PACKAGE_DESCRIPTION
"Reads a project's PostgreSQL migrations with PostgreSQL's own parser and
says, before they run, what will lock, rewrite, fail, lose data, or let one
customer see another's rows. It replays the whole history into a schema, so
that it knows the old type, the existing index and the validated CHECK.")
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CPACK_GENERATOR "DEB;TGZ")

# The names that everybody gives them: migcheck-0.1.0-linux-x64.tar.gz
set(_architecture ${CMAKE_SYSTEM_PROCESSOR})
if(_architecture STREQUAL x86_64)
  set(_architecture x64)
elseif(_architecture STREQUAL aarch64)
  set(_architecture arm64)
endif()
string(TOLOWER "${CPACK_PACKAGE_NAME}-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${_architecture}" CPACK_ARCHIVE_FILE_NAME)
set(CPACK_PACKAGE_FILE_NAME ${CPACK_ARCHIVE_FILE_NAME})

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

include(CPack)
