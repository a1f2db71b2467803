# Warnings, sanitizers and the linker live in one interface target, never in CMAKE_CXX_FLAGS.
add_library(bidui_options INTERFACE)
add_library(bidui::options ALIAS bidui_options)
target_compile_options(bidui_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror=return-type
  $<$<CXX_COMPILER_ID:GNU>:-Wno-psabi -Wno-restrict>)  # -Wrestrict: false reports of GCC 12 (bug 105651)
target_include_directories(bidui_options INTERFACE ${CMAKE_SOURCE_DIR})
if(BIDUI_SANITIZE)
  target_compile_options(bidui_options INTERFACE -fsanitize=${BIDUI_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(bidui_options INTERFACE -fsanitize=${BIDUI_SANITIZE})
endif()
find_program(BIDUI_MOLD mold)
if(BIDUI_MOLD)
  target_link_options(bidui_options INTERFACE -fuse-ld=mold)
endif()

# bidui_library(NAME matcher_text SOURCES ... HEADERS ... LINKS ...): one static library for one folder,
# alias bidui::NAME, headers listed so that each is checked to compile alone.
function(bidui_library)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;HEADERS;LINKS;PRIVATE_LINKS" ${ARGN})
  if(ARG_SOURCES)
    add_library(bidui_${ARG_NAME} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(bidui_${ARG_NAME} PRIVATE ${ARG_PRIVATE_LINKS})
  else()
    add_library(bidui_${ARG_NAME} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_sources(bidui_${ARG_NAME} ${scope} FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}
                 FILES ${ARG_HEADERS})
  target_link_libraries(bidui_${ARG_NAME} ${scope} bidui::options ${ARG_LINKS})
  set_target_properties(bidui_${ARG_NAME} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  add_library(bidui::${ARG_NAME} ALIAS bidui_${ARG_NAME})
endfunction()

# bidui_test(NAME text_test SOURCES ... LINKS ...): one GoogleTest program for one folder. Tests read their
# data from BIDUI_SOURCE_DIR; they write only below testing::TempDir().
function(bidui_test)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;LINKS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE bidui::options GTest::gmock GTest::gtest_main ${ARG_LINKS})
  target_compile_definitions(${ARG_NAME} PRIVATE BIDUI_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             BIDUI_BINARY_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(${ARG_NAME} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
endfunction()
