// A table of well-known extensions, from their own SQL scripts (contrib of PostgreSQL 15; PostGIS 3; pgvector 0.8).
#include "extensions.h"

#include <algorithm>
#include <array>

namespace whimbrel::catalog {

namespace {

using enum ir::op::Volatility;
using Names = std::string_view;

constexpr Names kCitext[] = {"citext"};
constexpr Names kHstore[] = {"hstore", "ghstore"};
constexpr Names kLtree[] = {"ltree", "ltree_gist", "lquery", "ltxtquery"};
constexpr Names kVector[] = {"vector", "halfvec", "sparsevec"};
constexpr Names kPostgis[] = {"geometry", "geography", "box2d",         "box3d",       "box2df",
                              "gidx",     "spheroid",  "geometry_dump", "valid_detail"};
constexpr Names kRaster[] = {"raster"};
constexpr Names kTopology[] = {"topogeometry"};
constexpr Names kCube[] = {"cube"};
constexpr Names kEarth[] = {"earth"};
constexpr Names kSeg[] = {"seg"};
constexpr Names kIntarray[] = {"query_int", "intbig_gkey"};
constexpr Names kTrgm[] = {"gtrgm"};
constexpr Names kLargeObject[] = {"lo"};
constexpr Names kIsn[] = {"ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc"};
constexpr Names kIp4r[] = {"ip4", "ip4r", "ip6", "ip6r", "ipaddress", "iprange"};
constexpr Names kHll[] = {"hll", "hll_hashval"};
constexpr Names kSemver[] = {"semver"};
constexpr Names kH3[] = {"h3index"};
constexpr Names kAge[] = {"agtype", "graphid"};
constexpr Names kRoaring[] = {"roaringbitmap"};
constexpr Names kUnit[] = {"unit"};

constexpr ExtensionFunction kUuidFunctions[] = {
    {"uuid_generate_v1", volatile_, "uuid"}, {"uuid_generate_v1mc", volatile_, "uuid"},
    {"uuid_generate_v3", immutable, "uuid"}, {"uuid_generate_v4", volatile_, "uuid"},
    {"uuid_generate_v5", immutable, "uuid"}, {"uuid_nil", immutable, "uuid"},
    {"uuid_ns_dns", immutable, "uuid"},      {"uuid_ns_url", immutable, "uuid"},
    {"uuid_ns_oid", immutable, "uuid"},      {"uuid_ns_x500", immutable, "uuid"},
};
constexpr ExtensionFunction kCryptoFunctions[] = {
    {"gen_random_uuid", volatile_, "uuid"}, {"gen_random_bytes", volatile_, "bytea"}, {"gen_salt", volatile_, "text"},
    {"crypt", immutable, "text"},           {"digest", immutable, "bytea"},           {"hmac", immutable, "bytea"},
};
constexpr ExtensionFunction kUuid7Functions[] = {{"uuid_generate_v7", volatile_, "uuid"}};
constexpr ExtensionFunction kUnaccentFunctions[] = {{"unaccent", stable, "text"}};
constexpr ExtensionFunction kTrgmFunctions[] = {
    {"similarity", immutable, "real"}, {"word_similarity", immutable, "real"}, {"show_trgm", immutable, "text"}};

constexpr std::array kExtensions{
    Extension{"citext", kCitext, {}},
    Extension{"hstore", kHstore, {}},
    Extension{"ltree", kLtree, {}},
    Extension{"vector", kVector, {}},
    Extension{"postgis", kPostgis, {}},
    Extension{"postgis_raster", kRaster, {}},
    Extension{"postgis_topology", kTopology, {}},
    Extension{"cube", kCube, {}},
    Extension{"earthdistance", kEarth, {}},
    Extension{"seg", kSeg, {}},
    Extension{"intarray", kIntarray, {}},
    Extension{"pg_trgm", kTrgm, kTrgmFunctions},
    Extension{"lo", kLargeObject, {}},
    Extension{"isn", kIsn, {}},
    Extension{"ip4r", kIp4r, {}},
    Extension{"hll", kHll, {}},
    Extension{"semver", kSemver, {}},
    Extension{"h3", kH3, {}},
    Extension{"age", kAge, {}},
    Extension{"roaringbitmap", kRoaring, {}},
    Extension{"unit", kUnit, {}},
    Extension{"uuid-ossp", {}, kUuidFunctions},
    Extension{"pgcrypto", {}, kCryptoFunctions},
    Extension{"pg_uuidv7", {}, kUuid7Functions},
    Extension{"unaccent", {}, kUnaccentFunctions},
};

}  // namespace

const Extension* find_extension(std::string_view name) {
  const auto found = std::ranges::find(kExtensions, name, &Extension::name);
  return found == kExtensions.end() ? nullptr : &*found;
}

}  // namespace whimbrel::catalog
