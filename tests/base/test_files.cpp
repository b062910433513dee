// The door to the disk: reading, replacing, listing, and errors that name the path.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "support/catch.h"
#include "whimbrel/base/files.h"

using namespace whimbrel;

namespace {

/// A folder of its own for each test, gone afterwards.
struct Folder {
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "whimbrel-files.XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return path + "/" + name; }
  std::string path;
};

}  // namespace

TEST_CASE("what was written is read") {
  const Folder folder;
  const std::string path = folder.file("a.sql");
  for (const std::string& content :
       {std::string(), std::string("SELECT 1;\n"), std::string("a\0b", 3), std::string(100000, 'x')}) {
    REQUIRE(write_file(path, content));
    CHECK(read_file(path) == content);
    CHECK(file_size(path) == content.size());
  }
  CHECK(list_folder(folder.path) == std::vector<std::string>{"a.sql"});  // nothing temporary is left
}

TEST_CASE("a write keeps permissions and follows a symbolic link") {
  const Folder folder;
  REQUIRE(write_file(folder.file("real"), "1"));
  REQUIRE(::chmod(folder.file("real").c_str(), 0600) == 0);
  REQUIRE(::symlink("real", folder.file("link").c_str()) == 0);
  REQUIRE(write_file(folder.file("link"), "2"));
  CHECK(read_file(folder.file("real")) == "2");
  CHECK(std::filesystem::is_symlink(folder.file("link")));
  struct stat status{};
  REQUIRE(::stat(folder.file("real").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("errors name the path and the reason") {
  const Folder folder;
  const auto message = [](const auto& result) { return result ? std::string() : result.error().message; };
  CHECK(message(read_file(folder.file("none"))) ==
        "cannot read " + folder.file("none") + ": No such file or directory");
  CHECK(message(read_file(folder.path)) == "cannot read " + folder.path + ": Is a directory");
  REQUIRE(write_file(folder.file("big"), "12345"));
  CHECK(message(read_file(folder.file("big"), 4)) == "cannot read " + folder.file("big") + ": larger than 4 bytes");
  CHECK(read_file(folder.file("big"), 5) == "12345");
  REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
  CHECK(message(read_file(folder.file("pipe"))) == "cannot read " + folder.file("pipe") + ": not a regular file");
  CHECK(message(write_file(folder.file("no/file"), "")) ==
        "cannot write " + folder.file("no/file") + ": No such file or directory");
  CHECK(message(read_file(folder.file("a\x1b[1m"))) ==
        "cannot read " + folder.file("a\\x1b[1m") + ": No such file or directory");
}

TEST_CASE("folders are listed in the order of their bytes") {
  const Folder folder;
  for (const char* name : {"b", "a", "B", ".hidden", "10", "9"}) REQUIRE(write_file(folder.file(name), ""));
  CHECK(list_folder(folder.path) == std::vector<std::string>{".hidden", "10", "9", "B", "a", "b"});
  CHECK(list_folder(folder.file("none")).empty());
  CHECK(is_folder(folder.path));
  CHECK_FALSE(is_file(folder.path));
  CHECK(is_file(folder.file("a")));
  CHECK_FALSE(is_file(folder.file("none")));
}
