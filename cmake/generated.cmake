# What the build writes itself: the version, the tables of rules and of front ends, below build/…/generated/.

configure_file(cmake/version.h.in ${WHIMBREL_GENERATED}/whimbrel/base/version.h @ONLY)

# Front ends: a folder with a source is one. The folder is the only place that names it.
set(FRONT_END_NAMES)
file(GLOB_RECURSE front_end_sources RELATIVE ${CMAKE_SOURCE_DIR}/src/frontends CONFIGURE_DEPENDS
     ${CMAKE_SOURCE_DIR}/src/frontends/*.cpp)
foreach(source IN LISTS front_end_sources)
  if(source MATCHES "^([a-z][a-z0-9_]*)/")
    list(APPEND FRONT_END_NAMES ${CMAKE_MATCH_1})
  else()
    message(FATAL_ERROR "src/frontends/${source}: a front end is a folder with a lower-case name")
  endif()
endforeach()
list(REMOVE_DUPLICATES FRONT_END_NAMES)
list(SORT FRONT_END_NAMES)
list(LENGTH FRONT_END_NAMES FRONT_END_COUNT)
set(FRONT_END_DECLARATIONS "")
set(FRONT_END_ADDRESSES "")
foreach(name IN LISTS FRONT_END_NAMES)
  string(APPEND FRONT_END_DECLARATIONS "extern const frontend::FrontEnd ${name};\n")
  list(APPEND FRONT_END_ADDRESSES "&${name}")
endforeach()
list(JOIN FRONT_END_ADDRESSES ", " FRONT_END_ADDRESSES)
set(FRONT_END_SOURCES ${WHIMBREL_GENERATED}/front_ends.cpp)
configure_file(cmake/front_ends.cpp.in ${FRONT_END_SOURCES} @ONLY)

# Rules: the generator also reads the list of files, so that it runs again when one is added or deleted.
file(GLOB rule_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/*.toml ${CMAKE_SOURCE_DIR}/rules/*.cpp)
list(JOIN rule_files "\n" lines)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/rules.files CONTENT "${lines}\n" @ONLY)
list(FILTER rule_files INCLUDE REGEX "\\.toml$")
set(RULE_INFO_SOURCES ${WHIMBREL_GENERATED}/whimbrel/finding/rule_id.h ${WHIMBREL_GENERATED}/rule_info.cpp)
set(RULE_CHECK_SOURCES ${WHIMBREL_GENERATED}/rule_checks.cpp)
add_custom_command(
  OUTPUT ${RULE_INFO_SOURCES} ${RULE_CHECK_SOURCES}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/generate_rules.py --root ${CMAKE_SOURCE_DIR}
          --files ${CMAKE_BINARY_DIR}/rules.files --output ${WHIMBREL_GENERATED}
  DEPENDS ${rule_files} ${CMAKE_BINARY_DIR}/rules.files ${CMAKE_SOURCE_DIR}/cmake/generate_rules.py
  COMMENT "Generating the tables of rules"
  VERBATIM)
