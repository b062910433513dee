// List against std::vector: copies keep what they had, whatever happens to the other.
#include <random>
#include <string>
#include <vector>

#include "support/catch.h"
#include "whimbrel/catalog/list.h"

using whimbrel::catalog::List;

namespace {

using Texts = std::vector<std::string>;

Texts items(const List<std::string>& list) { return {list.begin(), list.end()}; }

/// One change by chance, done to both.
void change(List<std::string>& list, Texts& plain, std::mt19937& chance) {
  const auto index = [&] { return plain.empty() ? 0 : std::size_t(chance() % plain.size()); };
  switch (chance() % 8) {
    case 0: {
      if (plain.empty()) return;
      const std::size_t at = index();
      list.erase(std::next(list.begin(), static_cast<std::ptrdiff_t>(at)));
      plain.erase(plain.begin() + static_cast<std::ptrdiff_t>(at));
      return;
    }
    case 1: {
      if (plain.empty()) return;
      const std::size_t at = index();
      list.edit(std::next(list.begin(), static_cast<std::ptrdiff_t>(at))) += "!";
      plain[at] += "!";
      return;
    }
    case 2: {
      const char last = static_cast<char>('0' + chance() % 10);
      const auto ends = [last](const std::string& text) { return text.ends_with(last); };
      CHECK(list.erase_if(ends) == std::erase_if(plain, ends));
      return;
    }
    case 3:
      if (chance() % 20 != 0) return;
      for (std::string& text : list.edit_each()) text += "?";
      for (std::string& text : plain) text += "?";
      return;
    default: {
      const std::string text = std::to_string(chance() % 1000);
      list.push_back(text);
      plain.push_back(text);
    }
  }
}

}  // namespace

TEST_CASE("a list is what a vector would be, and so are its copies", "[catalog]") {
  std::mt19937 chance(7);
  for (int round = 0; round < 30; ++round) {
    List<std::string> list;
    Texts plain;
    std::vector<std::pair<List<std::string>, Texts>> copies;
    for (int step = 0; step < 400; ++step) {
      if (step % 37 == 0) copies.emplace_back(list, plain);
      change(list, plain, chance);
      REQUIRE(list.size() == plain.size());
    }
    CHECK(items(list) == plain);
    if (!plain.empty()) {
      CHECK(list.front() == plain.front());
      CHECK(list.back() == plain.back());
      CHECK(list[plain.size() / 2] == plain[plain.size() / 2]);
      CHECK(*std::prev(list.end()) == plain.back());
    }
    for (const auto& [copy, was] : copies) {
      CHECK(items(copy) == was);
      Texts sum = was;
      List<std::string>::for_each_difference(
          copy, list, [&](const std::string& gone) { sum.erase(std::ranges::find(sum, gone)); }, [&](const std::string& come) { sum.push_back(come); });
      CHECK(std::ranges::is_permutation(sum, plain));
    }
  }
}

TEST_CASE("an empty list", "[catalog]") {
  List<int> list;
  CHECK(list.empty());
  CHECK(list.begin() == list.end());
  for (int& item : list.edit_each()) item = 1;
  CHECK(list.erase_if([](int) { return true; }) == 0);
  list.push_back(3);
  list.erase(3);
  CHECK(list.empty());
  CHECK(list.begin() == list.end());
  CHECK(list == List<int>{});
}
