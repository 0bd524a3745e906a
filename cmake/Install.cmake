# What `cmake --install` and the packages hold: the program, its manual page, completions for three shells, licences.
# The program writes the page and the completions itself, from its one table of options.

set(_written ${CMAKE_CURRENT_BINARY_DIR}/written)
set(_outputs "")
function(written_by_migcheck file)  # then the words of the command
  add_custom_command(OUTPUT ${_written}/${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${_written}
    COMMAND migcheck ${ARGN} > ${_written}/${file}
    DEPENDS migcheck VERBATIM)
  set(_outputs ${_outputs} ${_written}/${file} PARENT_SCOPE)
endfunction()
written_by_migcheck(migcheck.1 man)
written_by_migcheck(migcheck.bash completions bash)
written_by_migcheck(_migcheck completions zsh)
written_by_migcheck(migcheck.fish completions fish)

# Debian wants pages and change logs compressed; -n leaves the time out, so that two builds are the same bytes.
find_program(MIGCHECK_GZIP gzip REQUIRED)
add_custom_command(OUTPUT ${_written}/migcheck.1.gz
  COMMAND ${MIGCHECK_GZIP} -9nkf ${_written}/migcheck.1
  DEPENDS ${_written}/migcheck.1 VERBATIM)
add_custom_command(OUTPUT ${_written}/changelog.gz
  COMMAND ${MIGCHECK_GZIP} -9nc ${CMAKE_CURRENT_SOURCE_DIR}/CHANGELOG.md > ${_written}/changelog.gz
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/CHANGELOG.md VERBATIM)
add_custom_target(migcheck_installed_files ALL DEPENDS ${_outputs} ${_written}/migcheck.1.gz ${_written}/changelog.gz)

install(TARGETS migcheck RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${_written}/migcheck.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${_written}/migcheck.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME migcheck)
install(FILES ${_written}/_migcheck DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${_written}/migcheck.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES packaging/copyright ${_written}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
