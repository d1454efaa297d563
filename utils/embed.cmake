# Writes a C++ file that holds text files: the tables behind lib/Embedded.h.
#
#   cmake -DROOT=<repository> -DOUT=<file.cpp> -DLIST=<list file> -P embed.cmake
#
# The list file has one path below ROOT per line. Models are put in the order
# in which they are to be read: std.yaml, on which others build, then the rest
# by name.
cmake_minimum_required(VERSION 3.25)

# Compilers promise no string literal above 64 KB; neighbours are joined.
set(CHUNK 12000)

file(STRINGS "${LIST}" FILES)
list(SORT FILES)
if("lib/models/std.yaml" IN_LIST FILES)
  list(REMOVE_ITEM FILES "lib/models/std.yaml")
  list(PREPEND FILES "lib/models/std.yaml")
endif()

function(literal TEXT RESULT)
  set(CODE "")
  string(LENGTH "${TEXT}" REST)
  while(REST GREATER CHUNK)
    string(SUBSTRING "${TEXT}" 0 ${CHUNK} HEAD)
    # Between lines, so that no character is cut in two.
    string(FIND "${HEAD}" "\n" CUT REVERSE)
    if(CUT EQUAL -1)
      message(FATAL_ERROR "embed.cmake: a line of more than ${CHUNK} bytes")
    endif()
    math(EXPR CUT "${CUT} + 1")
    string(SUBSTRING "${TEXT}" 0 ${CUT} HEAD)
    string(SUBSTRING "${TEXT}" ${CUT} -1 TEXT)
    string(APPEND CODE "R\"__leak__(${HEAD})__leak__\"\n")
    string(LENGTH "${TEXT}" REST)
  endwhile()
  string(APPEND CODE "R\"__leak__(${TEXT})__leak__\"")
  set(${RESULT} "${CODE}" PARENT_SCOPE)
endfunction()

set(MODELS "")
set(PAGES "")
foreach(NAME IN LISTS FILES)
  file(READ "${ROOT}/${NAME}" TEXT)
  literal("${TEXT}" CODE)
  set(ROW "    {\"${NAME}\",\n${CODE}},\n")
  if(NAME MATCHES "\\.yaml$")
    string(APPEND MODELS "${ROW}")
  else()
    string(APPEND PAGES "${ROW}")
  endif()
endforeach()

# The empty row at the end keeps the array legal when there is no file.
set(CODE "// Made by utils/embed.cmake.
#include \"Embedded.h\"

static const leak::EmbeddedFile Models[] = {
${MODELS}    {\"\", \"\"}};

static const leak::EmbeddedFile Pages[] = {
${PAGES}    {\"\", \"\"}};

llvm::ArrayRef<leak::EmbeddedFile> leak::embeddedModels() {
  return llvm::ArrayRef<EmbeddedFile>(Models).drop_back();
}

llvm::ArrayRef<leak::EmbeddedFile> leak::embeddedPages() {
  return llvm::ArrayRef<EmbeddedFile>(Pages).drop_back();
}
")
file(WRITE "${OUT}" "${CODE}")
