# layer(): one static library per layer, which cannot include what it may not use.

# layer(NAME [SHALLOW] [USES layer…] [FOLDER dir] [HEADERS dir] [GENERATED file…] [PRIVATE_LIBRARIES library…] [PRECOMPILE header…])
#
# Makes whimbrel_NAME out of every .cpp below FOLDER (default src/NAME) and GENERATED; its public headers are
# below HEADERS (default include/whimbrel/NAME). USES names layers declared before this one, so that uses only
# go down. The build fails on an #include of any other layer, or of a library not in PRIVATE_LIBRARIES, and, with
# WHIMBREL_CHECK_HEADERS, on a public header that does not compile alone. An empty folder is a layer without code.
# SHALLOW: the folders below FOLDER and HEADERS are not this layer's. PRECOMPILE: headers that most of its sources read anyway, parsed
# once for all of them (half of the build's time); CMAKE_DISABLE_PRECOMPILE_HEADERS=ON does without, as the tidy preset does.
function(layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SHALLOW" "FOLDER;HEADERS" "USES;GENERATED;PRIVATE_LIBRARIES;PRECOMPILE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "layer(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()
  if(NOT arg_FOLDER)
    set(arg_FOLDER src/${name})
  endif()
  if(NOT arg_HEADERS)
    set(arg_HEADERS include/whimbrel/${name})
  endif()

  set(glob GLOB_RECURSE)
  if(arg_SHALLOW)
    set(glob GLOB)
  endif()
  file(${glob} sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FOLDER}/*.cpp)
  file(${glob} private_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FOLDER}/*.h)
  file(${glob} public_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_HEADERS}/*.h)
  set(hand_written ${sources} ${private_headers} ${public_headers})
  list(FILTER sources EXCLUDE REGEX "/src/[a-z]+/main\\.cpp$") # belongs to program()

  set(used_targets)
  foreach(used IN LISTS arg_USES)
    if(NOT TARGET whimbrel_${used})
      message(FATAL_ERROR "layer(${name}) uses ${used}, which is not declared above it: uses only go down")
    endif()
    list(APPEND used_targets whimbrel_${used})
  endforeach()

  if(sources OR arg_GENERATED)
    set(scope PUBLIC)
    add_library(whimbrel_${name} STATIC ${sources} ${arg_GENERATED})
    our_code(whimbrel_${name})
    target_include_directories(whimbrel_${name} PRIVATE ${CMAKE_SOURCE_DIR}/${arg_FOLDER})
    target_link_libraries(whimbrel_${name} PRIVATE ${arg_PRIVATE_LIBRARIES})
    if(arg_PRECOMPILE)
      target_precompile_headers(whimbrel_${name} PRIVATE ${arg_PRECOMPILE})
    endif()
  else()
    set(scope INTERFACE)
    add_library(whimbrel_${name} INTERFACE)
  endif()
  target_include_directories(whimbrel_${name} ${scope} ${CMAKE_SOURCE_DIR}/include ${WHIMBREL_GENERATED})
  target_link_libraries(whimbrel_${name} ${scope} ${used_targets} fmt Threads::Threads)

  if(hand_written)
    check_includes(${name} ${arg_FOLDER} "${arg_USES}" "${arg_PRIVATE_LIBRARIES}" "${hand_written}")
    add_dependencies(whimbrel_${name} includes_of_${name})
  endif()
  if(public_headers AND WHIMBREL_CHECK_HEADERS)
    check_headers(${name} "${public_headers}")
  endif()
  set_property(GLOBAL APPEND PROPERTY WHIMBREL_LAYERS whimbrel_${name})
endfunction()

# Adds the target includes_of_NAME, which fails when a file includes what its layer may not use.
function(check_includes name folder uses libraries files)
  set(list ${CMAKE_BINARY_DIR}/layers/${name}.files)
  set(stamp ${CMAKE_BINARY_DIR}/layers/${name}.checked)
  list(JOIN files "\n" lines)
  file(CONFIGURE OUTPUT ${list} CONTENT "${lines}\n" @ONLY)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/check_includes.py --root ${CMAKE_SOURCE_DIR}
            --layer ${name} --folder ${folder} --uses "${uses}" --libraries "${libraries}" --files ${list} --stamp ${stamp}
    DEPENDS ${files} ${list} ${CMAKE_SOURCE_DIR}/cmake/check_includes.py
    COMMENT "Checking the includes of ${name}"
    VERBATIM)
  add_custom_target(includes_of_${name} DEPENDS ${stamp})
endfunction()

# Compiles each public header alone, and twice, so that it needs nothing before it and guards itself.
function(check_headers name headers)
  set(units)
  foreach(header IN LISTS headers)
    file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR}/include ${header})
    string(REPLACE "/" "_" unit ${path})
    set(unit ${CMAKE_BINARY_DIR}/layers/headers/${unit}.cpp)
    file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${path}\"\n#include \"${path}\" // NOLINT: its guard\n" @ONLY)
    list(APPEND units ${unit})
  endforeach()
  add_library(headers_of_${name} OBJECT ${units})
  our_code(headers_of_${name})
  target_link_libraries(headers_of_${name} PRIVATE whimbrel_${name})
  target_compile_options(headers_of_${name} PRIVATE -g0)
endfunction()

# each_front_end(USES layer…): one layer, frontends_NAME, for each folder src/frontends/NAME; fills FRONT_ENDS.
function(each_front_end)
  set(targets)
  foreach(name IN LISTS FRONT_END_NAMES)
    layer(frontends_${name} FOLDER src/frontends/${name} HEADERS include/whimbrel/frontends/${name} ${ARGN})
    list(APPEND targets whimbrel_frontends_${name})
  endforeach()
  set(FRONT_ENDS ${targets} PARENT_SCOPE)
endfunction()

# program(NAME LAYER layer): the executable whose main() is src/LAYER/main.cpp.
function(program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LAYER" "")
  file(GLOB main CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${arg_LAYER}/main.cpp)
  if(NOT main)
    message(WARNING "no src/${arg_LAYER}/main.cpp, so no program ${name} yet")
    return()
  endif()
  add_executable(${name} ${main})
  our_code(${name})
  target_link_libraries(${name} PRIVATE whimbrel_${arg_LAYER})
  if(WHIMBREL_STATIC)
    target_link_options(${name} PRIVATE -static -s)
    target_link_libraries(${name} PRIVATE ${JEMALLOC_LIBRARY})
  endif()
endfunction()
