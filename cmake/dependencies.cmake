# The libraries of others, each as one target with system headers: fmt, pg_query, tree_sitter, toml, cli11, spdlog, json, re2.

set(WHIMBREL_DEPS "$ENV{WHIMBREL_DEPS}" CACHE PATH "Where scripts/bootstrap unpacks libpg_query, empty for .deps/")
if(NOT WHIMBREL_DEPS)
  set(WHIMBREL_DEPS ${CMAKE_SOURCE_DIR}/.deps CACHE PATH "" FORCE)
endif()
set(bootstrap_hint "run scripts/bootstrap, which installs what is missing")

# header_library(NAME HEADER): an interface target for headers of which all is in the header.
function(header_library name header)
  string(TOUPPER "${name}_INCLUDE_DIR" variable)
  find_path(${variable} ${header})
  if(NOT ${variable})
    message(FATAL_ERROR "<${header}> is missing: ${bootstrap_hint}")
  endif()
  mark_as_advanced(${variable})
  add_library(${name} INTERFACE)
  target_include_directories(${name} SYSTEM INTERFACE ${${variable}})
endfunction()

# PostgreSQL's parser: a system package with the server's headers (17 or newer), else what bootstrap unpacked.
find_path(PG_QUERY_INCLUDE_DIR pg_query/pg_query_internal.h
          HINTS /usr/include PATHS ${WHIMBREL_DEPS}/usr/include NO_CMAKE_FIND_ROOT_PATH)
if(NOT PG_QUERY_INCLUDE_DIR)
  message(FATAL_ERROR "libpg_query 17 or newer is missing: ${bootstrap_hint}")
endif()
cmake_path(GET PG_QUERY_INCLUDE_DIR PARENT_PATH pg_query_prefix)
find_library(PG_QUERY_LIBRARY NAMES libpg_query.a pg_query
             PATHS ${pg_query_prefix}/lib ${pg_query_prefix}/lib/${CMAKE_LIBRARY_ARCHITECTURE} NO_DEFAULT_PATH)
if(NOT PG_QUERY_LIBRARY)
  message(FATAL_ERROR "libpg_query.a is missing below ${pg_query_prefix}: ${bootstrap_hint}")
endif()
file(STRINGS ${PG_QUERY_INCLUDE_DIR}/pg_query.h pg_query_defines REGEX "#define PG_(VERSION|MAJORVERSION) ")
if(NOT pg_query_defines MATCHES "PG_MAJORVERSION \"([0-9]+)\"")
  message(FATAL_ERROR "${PG_QUERY_INCLUDE_DIR}/pg_query.h names no PostgreSQL version")
endif()
set(PG_QUERY_MAJOR ${CMAKE_MATCH_1})
string(REGEX MATCH "PG_VERSION \"([^\"]+)\"" _ "${pg_query_defines}")
set(PG_QUERY_VERSION ${CMAKE_MATCH_1})
message(STATUS "PostgreSQL grammar: ${PG_QUERY_VERSION} (${PG_QUERY_LIBRARY})")

add_library(pg_query STATIC IMPORTED)
set_target_properties(pg_query PROPERTIES IMPORTED_LOCATION ${PG_QUERY_LIBRARY})
target_include_directories(pg_query SYSTEM INTERFACE
  ${PG_QUERY_INCLUDE_DIR} ${PG_QUERY_INCLUDE_DIR}/pg_query ${PG_QUERY_INCLUDE_DIR}/pg_query/postgres)
target_link_libraries(pg_query INTERFACE Threads::Threads)

# Debian builds it against a newer C library than bookworm's: lend it the two functions it then wants.
include(CheckFunctionExists)
check_function_exists(strlcpy HAVE_STRLCPY)
check_function_exists(__isoc23_strtoul HAVE_ISOC23_STRTOUL)
if(NOT HAVE_STRLCPY OR NOT HAVE_ISOC23_STRTOUL)
  add_library(glibc_compat STATIC src/compat/glibc.c)
  our_code(glibc_compat)
  target_compile_definitions(glibc_compat PRIVATE
    $<$<BOOL:${HAVE_STRLCPY}>:HAVE_STRLCPY> $<$<BOOL:${HAVE_ISOC23_STRTOUL}>:HAVE_ISOC23_STRTOUL>)
  target_link_libraries(pg_query INTERFACE glibc_compat)
endif()

# Python's syntax: tree-sitter's runtime and grammar, compiled from npm's packages. Always optimised: they are hot.
set(node_modules ${CMAKE_SOURCE_DIR}/node_modules)
if(NOT EXISTS ${node_modules}/tree-sitter-python/src/parser.c)
  message(FATAL_ERROR "node_modules/tree-sitter-python is missing: ${bootstrap_hint}")
endif()
add_library(tree_sitter STATIC
  ${node_modules}/tree-sitter/vendor/tree-sitter/lib/src/lib.c
  ${node_modules}/tree-sitter-python/src/parser.c
  ${node_modules}/tree-sitter-python/src/scanner.c)
target_include_directories(tree_sitter SYSTEM PUBLIC ${node_modules}/tree-sitter/vendor/tree-sitter/lib/include)
target_include_directories(tree_sitter PRIVATE ${node_modules}/tree-sitter/vendor/tree-sitter/lib/src)
set_source_files_properties(${node_modules}/tree-sitter-python/src/parser.c
                            ${node_modules}/tree-sitter-python/src/scanner.c
                            PROPERTIES INCLUDE_DIRECTORIES ${node_modules}/tree-sitter-python/src)
target_compile_definitions(tree_sitter PRIVATE _DEFAULT_SOURCE _POSIX_C_SOURCE=200112L)
target_compile_options(tree_sitter PRIVATE -O2 -w)
if(WHIMBREL_SANITIZE)
  target_compile_options(tree_sitter PRIVATE -fno-sanitize=undefined) # not ours to mend
endif()

# fmt: Debian ships no static library, so compile it once here; a version whose source we do not know is header-only.
find_path(FMT_INCLUDE_DIR fmt/format-inl.h)
if(NOT FMT_INCLUDE_DIR)
  message(FATAL_ERROR "<fmt/format-inl.h> is missing: ${bootstrap_hint}")
endif()
file(STRINGS ${FMT_INCLUDE_DIR}/fmt/core.h fmt_version REGEX "#define FMT_VERSION 9")
if(fmt_version)
  add_library(fmt STATIC src/compat/fmt.cpp)
  target_include_directories(fmt SYSTEM PUBLIC ${FMT_INCLUDE_DIR})
else()
  add_library(fmt INTERFACE)
  target_include_directories(fmt SYSTEM INTERFACE ${FMT_INCLUDE_DIR})
  target_compile_definitions(fmt INTERFACE FMT_HEADER_ONLY)
endif()

header_library(toml toml++/toml.h)
header_library(cli11 CLI/CLI.hpp)
header_library(json nlohmann/json.hpp)
header_library(spdlog spdlog/spdlog.h)
target_compile_definitions(spdlog INTERFACE SPDLOG_FMT_EXTERNAL)
target_link_libraries(spdlog INTERFACE fmt)

# jemalloc: a fifth of the run is malloc and free with glibc's. Only for the static program: sanitizers bring their own.
find_library(JEMALLOC_LIBRARY NAMES libjemalloc.a)
if(WHIMBREL_STATIC AND NOT JEMALLOC_LIBRARY)
  message(FATAL_ERROR "libjemalloc.a is missing: ${bootstrap_hint}")
endif()

# RE2: the static archive, and what a newer one needs, which only pkg-config knows.
header_library(re2 re2/re2.h)
find_library(RE2_LIBRARY NAMES libre2.a re2)
if(NOT RE2_LIBRARY)
  message(FATAL_ERROR "libre2 is missing: ${bootstrap_hint}")
endif()
target_link_libraries(re2 INTERFACE ${RE2_LIBRARY} Threads::Threads)
find_package(absl QUIET)
if(absl_FOUND)
  target_link_libraries(re2 INTERFACE absl::base absl::strings absl::synchronization absl::flat_hash_map
                                      absl::inlined_vector absl::str_format absl::fixed_array absl::span)
endif()
