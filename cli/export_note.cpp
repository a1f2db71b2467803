#include "cli/export_note.h"

#include "cli/act.h"
#include "cli/console.h"

namespace bidui::cli {

int note_export(const workspace::Workspace& workspace, const std::filesystem::path& exported,
                workspace::ExportFacts facts) {
  facts.act = this_act();
  const Status noted = workspace::write_export_manifest(workspace, exported, facts);
  return noted ? kDone : fail(noted.error());
}

}  // namespace bidui::cli
