#include "store/run_writer.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <rocksdb/write_batch.h>
#include <utility>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "store/store_impl.h"

namespace bidui::store {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

Error run_exists_error(std::string_view run_id) {
  return bilingual_error(ErrorCode::kConflict, "已有同名的比对",
                         "there is a run of this name already", std::string(run_id));
}

}  // namespace

class RunWriter::Impl {
 public:
  Impl(Store::Impl& store, std::string_view run_id, std::uint32_t number)
      : store_(store), run_id_(run_id), number_(number) {}

  Status append(std::string_view artefact, std::string_view bytes);
  void set_flag(std::string_view flag_id, std::string_view state);
  void add_journal_entry(JournalEntry entry) { journal_.push_back(std::move(entry)); }
  Status commit(std::string_view manifest);
  void abort();

 private:
  struct Artefact {
    std::string waiting;
    std::uint32_t chunks = 0;
  };
  Status write_chunk(std::string_view name, Artefact& artefact);
  Status publish(std::string_view manifest);

  Store::Impl& store_;
  const std::string run_id_;
  const std::uint32_t number_;
  bool open_ = true;
  std::map<std::string, Artefact, std::less<>> artefacts_;
  rocksdb::WriteBatch flags_;
  std::vector<JournalEntry> journal_;
};

Status RunWriter::Impl::append(std::string_view name, std::string_view bytes) {
  if (name.empty() || name.find('\0') != std::string_view::npos) {
    return bilingual_error(ErrorCode::kInvalidArgument, "结果的名称不合要求",
                           "this is no name for an artefact");
  }
  Artefact& artefact = artefacts_.try_emplace(std::string(name)).first->second;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, kChunkBytes - artefact.waiting.size());
    artefact.waiting += piece;
    bytes.remove_prefix(piece.size());
    if (artefact.waiting.size() == kChunkBytes) BIDUI_TRY(write_chunk(name, artefact));
  }
  return {};
}

Status RunWriter::Impl::write_chunk(std::string_view name, Artefact& artefact) {
  std::string key = artefact_key(number_, name);
  append_big_endian(key, artefact.chunks++);
  rocksdb::WriteBatch batch;
  batch.Put(store_.database().family(Family::kRuns), key, artefact.waiting);
  artefact.waiting.clear();
  return store_.database().write(batch, Durability::kBuffered);  // synced with the manifest
}

void RunWriter::Impl::set_flag(std::string_view flag_id, std::string_view state) {
  flags_.Put(store_.database().family(Family::kFlags), {flag_id.data(), flag_id.size()},
             {state.data(), state.size()});
}

Status RunWriter::Impl::publish(std::string_view manifest) {
  const auto lock = store_.lock_changes();
  const auto existing = store_.database().get(Family::kRuns, run_key(run_id_));
  if (!existing) return existing.error();
  if (*existing) return run_exists_error(run_id_);
  flags_.Put(store_.database().family(Family::kRuns), run_key(run_id_),
             number_key(number_) + std::string(manifest));
  BIDUI_TRY(store_.add_journal_entries(flags_, journal_));
  store_.add_settled(flags_, number_);
  return store_.database().write(flags_, Durability::kSynced);
}

Status RunWriter::Impl::commit(std::string_view manifest) {
  if (!open_)
    return bilingual_error(ErrorCode::kInvalidArgument, "这次比对已经写完",
                           "the run was written already");
  Status done;
  for (auto& [name, artefact] : artefacts_) {
    const bool has_rest = !artefact.waiting.empty() || artefact.chunks == 0;
    if (done && has_rest) done = write_chunk(name, artefact);
  }
  if (done) done = publish(manifest);
  if (!done) {
    abort();
    return done;
  }
  open_ = false;
  store_.database().shorten_log();  // a run's flags would take the next look-up 0.2 s to replay
  return {};
}

void RunWriter::Impl::abort() {
  if (!std::exchange(open_, false)) return;
  // Where this fails, the number stays pending, and the next opening does it.
  (void)store_.discard_number(number_);
}

RunWriter::RunWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RunWriter::RunWriter(RunWriter&& other) noexcept = default;

RunWriter& RunWriter::operator=(RunWriter&& other) noexcept {
  std::swap(impl_, other.impl_);
  return *this;
}

RunWriter::~RunWriter() {
  if (impl_ != nullptr) impl_->abort();
}

Status RunWriter::append(std::string_view artefact, std::string_view bytes) {
  return impl_->append(artefact, bytes);
}

void RunWriter::set_flag(std::string_view flag_id, std::string_view state) {
  impl_->set_flag(flag_id, state);
}

void RunWriter::add_journal_entry(JournalEntry entry) {
  impl_->add_journal_entry(std::move(entry));
}

Status RunWriter::commit(std::string_view manifest) { return impl_->commit(manifest); }

void RunWriter::abort() { impl_->abort(); }

Result<RunWriter> Store::begin_run(std::string_view run_id) {
  BIDUI_TRY(impl_->check_writable());
  if (run_id.empty())
    return bilingual_error(ErrorCode::kInvalidArgument, "比对须有名称", "a run needs a name");
  const auto existing = impl_->database().get(Family::kRuns, run_key(run_id));
  if (!existing) return existing.error();
  if (*existing) return run_exists_error(run_id);
  const auto number = impl_->take_number();
  if (!number) return number.error();
  return RunWriter(std::make_unique<RunWriter::Impl>(*impl_, run_id, *number));
}

}  // namespace bidui::store
