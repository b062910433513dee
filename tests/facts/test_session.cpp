// Time settings and names.
#include "support/catch.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {

TEST_CASE("time settings are read as PostgreSQL reads them") {
  CHECK(parse_duration_ms("0") == 0);
  CHECK(parse_duration_ms("1000") == 1000);
  CHECK(parse_duration_ms("5s") == 5000);
  CHECK(parse_duration_ms(" 5 s ") == 5000);
  CHECK(parse_duration_ms("2min") == 120000);
  CHECK(parse_duration_ms("1.5s") == 1500);
  CHECK(parse_duration_ms("1h") == 3600000);
  CHECK(parse_duration_ms("1d") == 86400000);
  CHECK(parse_duration_ms("500us") == 0);
  CHECK(parse_duration_ms("1500us") == 2);
  CHECK(parse_duration_ms("0x10") == 16);
  CHECK_FALSE(parse_duration_ms("5S"));
  CHECK_FALSE(parse_duration_ms("5 seconds"));
  CHECK_FALSE(parse_duration_ms("-1"));
  CHECK_FALSE(parse_duration_ms(""));
  CHECK_FALSE(parse_duration_ms("soon"));
  CHECK_FALSE(parse_duration_ms("100d"));
}

TEST_CASE("relations are named as SQL writes them") {
  CHECK(display_name({"public", "users"}) == "public.users");
  CHECK(display_name({"public", "Users"}) == "public.\"Users\"");
  CHECK(display_name({"pg_temp", "x"}) == "pg_temp.x");
}

}  // namespace whimbrel::facts
