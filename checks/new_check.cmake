# cmake -DNAME=index-not-concurrent -DCATEGORY=blocking -P checks/new_check.cmake
#
# Writes the three files of a new check: its source, its page and a fixture. The build finds them by name.

if(NOT NAME MATCHES "^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
  message(FATAL_ERROR "NAME must be kebab-case and read well after the word \"allow\": got \"${NAME}\"")
endif()
set(_root ${CMAKE_CURRENT_LIST_DIR})
if(NOT CATEGORY OR NOT IS_DIRECTORY ${_root}/${CATEGORY})
  file(GLOB _folders LIST_DIRECTORIES true RELATIVE ${_root} ${_root}/*)
  list(FILTER _folders EXCLUDE REGEX "\\.")
  message(FATAL_ERROR "CATEGORY must be one of: ${_folders}")
endif()
string(REPLACE "-" "_" _identifier ${NAME})
set(_source ${_root}/${CATEGORY}/${_identifier}.cpp)
if(EXISTS ${_source})
  message(FATAL_ERROR "${_source} exists already")
endif()

file(WRITE ${_source} "// SPDX-License-Identifier: MIT

#include \"migcheck/check.hpp\"

namespace migcheck::checks {
namespace ${_identifier}_check {

// Say here what PostgreSQL does, and why it hurts.
void run(const CheckContext& context, FindingSink& out) {
  const auto* statement = context.statement_as<ast::CreateTable>();
  if (statement == nullptr) return;
  out.report(statement->relation.span).message(\"What happens, to whom, for how long.\").advice(\"What to write.\");
}

}  // namespace ${_identifier}_check

extern constexpr Check ${_identifier}{
    .since = \"0.1.0\",
    .summary = \"One sentence with a period.\",
    .statements = {ast::NodeKind::CreateTable},
    .on_statement = ${_identifier}_check::run};

}  // namespace migcheck::checks
")
file(WRITE ${_root}/${CATEGORY}/${_identifier}.md "# ${NAME}

One sentence.

## What happens

## Unsafe

```sql bad
```

## Safe

```sql good
```

## When to ignore
")
file(WRITE ${_root}/../fixtures/checks/${CATEGORY}/${NAME}/basic.sql "-- expect: ${NAME}
")
message(STATUS "Written: checks/${CATEGORY}/${_identifier}.cpp, .md and fixtures/checks/${CATEGORY}/${NAME}/basic.sql")
message(STATUS "Add a line to CHANGELOG.md.")
