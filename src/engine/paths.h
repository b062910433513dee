// Paths as people write them: '/'-separated, relative to the current folder where they lie below it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whimbrel::engine {

/// The current folder, absolute; "" where it cannot be told.
std::string current_folder();
/// Without symbolic links; empty where there is nothing, or they lead nowhere.
std::string real_path(const std::string& path);
/// Absolute, without "." and "..", by the text alone: symbolic links stay.
std::string absolute_path(std::string_view path);
/// As the user would write an absolute path: relative where it lies below the current folder, which is ".".
std::string shown_path(const std::string& absolute);
/// The same for many paths: `here` is the current folder.
std::string shown_path(const std::string& absolute, const std::string& here);
/// "a/b" of "a/b/c.sql"; "." of "c.sql"; "/" of "/c.sql".
std::string folder_of(std::string_view path);
std::string_view name_of(std::string_view path);
/// Path below a folder; both in the same spelling.
std::string join(std::string_view folder, std::string_view name);
/// Whether `path` is the folder or lies below it; both absolute.
bool is_within(std::string_view path, std::string_view folder);
/// `path` without the folder and its slash; "" for the folder itself. `path` lies within.
std::string_view relative_to(std::string_view path, std::string_view folder);
/// What a folder named in a configuration near `folder` (absolute) may mean: relative to it, or to one of those above it. Nearest first.
std::vector<std::string> near_folders(const std::string& folder, std::string_view named);
/// Whether one of the patterns (relative to `root`, absolute) takes the path (absolute): a pattern for a folder takes all below it,
/// one without a slash any part of the path.
bool matches_any(const std::vector<std::string>& patterns, std::string_view path, std::string_view root);
bool matches_path(std::string_view pattern, std::string_view path, std::string_view root);
/// ".sql": whether the name ends so, in any case.
bool has_extension(std::string_view path, std::string_view extension);

}  // namespace whimbrel::engine
