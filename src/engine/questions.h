// Parts that ask the database what is there are read again, each over the schema that it finds.
#pragma once

#include <functional>

#include "whimbrel/engine/project.h"

namespace whimbrel::engine {

/// Replays the history as far as the last part that asks (`ir::Part::asks`), silently, and has each such part read again over the schema
/// before it: a down part finds what the up part leaves. Costs nothing where nothing asks. `shared_of`: see frontend::FrontEnd::read.
void answer_questions(history::History& history, const frontend::FrontEnd& front_end, const Project& project,
                      const std::function<frontend::Shared*(FileId)>& shared_of);

}  // namespace whimbrel::engine
