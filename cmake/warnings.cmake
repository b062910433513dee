# our_code(target): warnings are errors in what we wrote ourselves, and clang-tidy reads it where asked for.
function(our_code target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # fmt's and Catch's macros make clang speak about our lines; g++ has no such warnings.
    target_compile_options(${target} PRIVATE -Wno-gnu-zero-variadic-macro-arguments)
    if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
      # From a precompiled header libstdc++'s use of what it has deprecated itself no longer counts as a system header's.
      target_compile_options(${target} PRIVATE -Wno-deprecated-declarations)
    endif()
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_BUILD_TYPE STREQUAL "Release")
    # Inlined from a precompiled header, code of the standard library no longer counts as a system header's: false alarms about string bounds.
    target_compile_options(${target} PRIVATE -Wno-stringop-overread -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict)
  endif()
  if(WHIMBREL_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With its own instrumentation in the way, g++ sees uninitialised values that are none.
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
  if(WHIMBREL_TIDY)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${WHIMBREL_TIDY};--quiet")
  endif()
endfunction()
