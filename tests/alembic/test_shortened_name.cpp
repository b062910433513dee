// Names that SQLAlchemy shortens; the digits are those that hashlib.md5 gives, the first pair was printed by Alembic for polarsource/polar.
#include <string>

#include "frontends/alembic/shortened_name.h"
#include "support/catch.h"

using whimbrel::alembic::shortened_name;

TEST_CASE("long names end in digits of their MD5", "[alembic]") {
  CHECK(shortened_name("oauth2_authorization_code_organizations_oauth2_authorization_code_id_fkey") ==
        "oauth2_authorization_code_organizations_oauth2_authoriz_0a46");
  const std::string sixty_three(63, 'a');
  CHECK(shortened_name(sixty_three) == sixty_three);
}

TEST_CASE("names of every length around a block of MD5", "[alembic]") {
  CHECK(shortened_name(std::string(64, 'a')) == std::string(55, 'a') + "_7367");
  CHECK(shortened_name(std::string(119, 'a')) == std::string(55, 'a') + "_1613");
  CHECK(shortened_name(std::string(120, 'a')) == std::string(55, 'a') + "_e537");
  CHECK(shortened_name(std::string(121, 'a')) == std::string(55, 'a') + "_3614");
  CHECK(shortened_name(std::string(128, 'a')) == std::string(55, 'a') + "_ff70");
  CHECK(shortened_name(std::string(200, 'a')) == std::string(55, 'a') + "_6e6c");
}
