// Reads the logs of earlier days, each on a thread of its own.
#pragma once

#include <string>
#include <vector>

bool loadHistory(const std::vector<std::string> &paths,
                 std::vector<std::string> &lines);

// How many lines a log has.
long countLines(const std::string &path);
