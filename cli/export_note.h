// The manifest beside what a command exported (workspace/export_manifest.h).
#pragma once

#include "workspace/export_manifest.h"

namespace bidui::cli {

// Writes it, with who and when added. kDone, or what the error says.
int note_export(const workspace::Workspace& workspace, const std::filesystem::path& exported,
                workspace::ExportFacts facts);

}  // namespace bidui::cli
