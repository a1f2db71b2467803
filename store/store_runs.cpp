// Runs, flags and models: the small things that a store keeps by name.
#include <rocksdb/write_batch.h>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "store/scan_prefix.h"
#include "store/store.h"
#include "store/store_impl.h"

namespace bidui::store {
namespace {

struct StoredRun {
  std::uint32_t number = 0;
  RunInfo info;
};

Result<StoredRun> decode_run(std::string_view run_id, std::string_view value) {
  if (value.size() < 4) {
    return damaged_error("比对的清单", "the run's manifest", std::string(run_id));
  }
  return StoredRun{.number = read_big_endian<std::uint32_t>(value),
                   .info = {.id = std::string(run_id), .manifest = std::string(value.substr(4))}};
}

Result<StoredRun> find_run(const Database& database, std::string_view run_id) {
  const auto value = database.get(Family::kRuns, run_key(run_id));
  if (!value) return value.error();
  if (*value) return decode_run(run_id, **value);
  return bilingual_error(ErrorCode::kNotFound, "没有这次比对", "there is no run of this name",
                         std::string(run_id));
}

}  // namespace

Result<std::vector<RunInfo>> Store::runs() const {
  std::vector<RunInfo> all;
  Status decoded;
  const Status read = scan_prefix(impl_->database(), Family::kRuns, run_key(""),
                                  [&](std::string_view key, std::string_view value) {
                                    auto run = decode_run(key.substr(run_key("").size()), value);
                                    if (run) {
                                      all.push_back(std::move(run->info));
                                    } else {
                                      decoded = run.error();
                                    }
                                  });
  BIDUI_TRY(read);
  BIDUI_TRY(decoded);
  return all;
}

Result<RunInfo> Store::run(std::string_view run_id) const {
  auto found = find_run(impl_->database(), run_id);
  if (!found) return found.error();
  return std::move(found->info);
}

Status Store::scan_artefact(std::string_view run_id, std::string_view artefact,
                            const BytesVisitor& visit) const {
  const auto found = find_run(impl_->database(), run_id);
  if (!found) return found.error();
  bool any = false;
  BIDUI_TRY(scan_prefix(impl_->database(), Family::kRuns, artefact_key(found->number, artefact),
                        [&](std::string_view, std::string_view value) {
                          any = true;
                          visit(value);
                        }));
  if (any) return {};
  return bilingual_error(ErrorCode::kNotFound, "这次比对没有留下这项结果",
                         "the run has no such artefact",
                         std::string(run_id) + "/" + std::string(artefact));
}

Result<std::string> Store::read_artefact(std::string_view run_id, std::string_view artefact) const {
  std::string bytes;
  BIDUI_TRY(scan_artefact(run_id, artefact, [&](std::string_view chunk) { bytes += chunk; }));
  return bytes;
}

Status Store::remove_run(std::string_view run_id) {
  BIDUI_TRY(impl_->check_writable());
  const auto lock = impl_->lock_changes();
  const auto found = find_run(impl_->database(), run_id);
  if (!found) return found.error();
  rocksdb::WriteBatch batch;
  batch.Delete(impl_->database().family(Family::kRuns), run_key(run_id));
  impl_->add_removed_blocks(batch, found->number);
  return impl_->database().write(batch, Durability::kSynced);
}

Status Store::put_flags(std::span<const Flag> flags) {
  BIDUI_TRY(impl_->check_writable());
  rocksdb::WriteBatch batch;
  for (const Flag& flag : flags) {
    batch.Put(impl_->database().family(Family::kFlags), flag.id, flag.state);
  }
  return impl_->database().write(batch, Durability::kSynced);
}

Result<std::optional<std::string>> Store::flag(std::string_view flag_id) const {
  return impl_->database().get(Family::kFlags, flag_id);
}

Status Store::scan_flags(std::string_view prefix, const FlagVisitor& visit) const {
  return scan_prefix(impl_->database(), Family::kFlags, prefix, visit);
}

Status Store::put_model(std::string_view name, std::string_view bytes) {
  BIDUI_TRY(impl_->check_writable());
  rocksdb::WriteBatch batch;
  batch.Put(impl_->database().family(Family::kModel), {name.data(), name.size()},
            {bytes.data(), bytes.size()});
  return impl_->database().write(batch, Durability::kSynced);
}

Status Store::scan_models(std::string_view prefix, const ModelVisitor& visit) const {
  return scan_prefix(impl_->database(), Family::kModel, prefix, visit);
}

Result<std::optional<std::string>> Store::model(std::string_view name) const {
  return impl_->database().get(Family::kModel, name);
}

}  // namespace bidui::store
