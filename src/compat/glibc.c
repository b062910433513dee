/* Two functions of glibc 2.38 that Debian's libpg_query 18 wants and an older glibc lacks. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifndef HAVE_STRLCPY
size_t strlcpy(char* to, const char* from, size_t room);

size_t strlcpy(char* to, const char* from, size_t room) {
  const size_t length = strlen(from);
  if (room > 0) {
    const size_t copied = length < room ? length : room - 1;
    memcpy(to, from, copied);
    to[copied] = '\0';
  }
  return length;
}
#endif

#ifndef HAVE_ISOC23_STRTOUL
/* C23's strtoul also reads 0b101; the parser only hands it digits of other bases. */
unsigned long __isoc23_strtoul(const char* text, char** end, int base);

unsigned long __isoc23_strtoul(const char* text, char** end, int base) { return strtoul(text, end, base); }
#endif
