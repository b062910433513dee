# What holds for every target: the language, build options, ccache, sanitizers.
option(WHIMBREL_STATIC "Link the program as one static file" OFF)
option(WHIMBREL_TESTS "Build the tests" ON)
option(WHIMBREL_CHECK_HEADERS "Compile each public header alone, included twice" OFF)
option(WHIMBREL_FUZZ "Build the targets of tests/fuzz with libFuzzer (clang), and watch the coverage of all else" OFF)
set(WHIMBREL_SANITIZE "" CACHE STRING "Value for -fsanitize=, empty for none")
set(WHIMBREL_TIDY "" CACHE STRING "The clang-tidy to run over our own code, empty for none")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
endif()

set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

set(WHIMBREL_GENERATED ${CMAKE_BINARY_DIR}/generated)

find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
find_package(Threads REQUIRED)

find_program(CCACHE ccache)
if(CCACHE)
  foreach(language C CXX)
    if(NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER ${CCACHE})
    endif()
  endforeach()
endif()

if(WHIMBREL_SANITIZE)
  add_compile_options(-fsanitize=${WHIMBREL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${WHIMBREL_SANITIZE})
endif()
if(WHIMBREL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
