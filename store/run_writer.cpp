#include "store/run_writer.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <rocksdb/write_batch.h>
#include <utility>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "store/batch_files.h"
#include "store/layout.h"
#include "store/sst_sink.h"
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
      : store_(store),
        run_id_(run_id),
        number_(number),
        directory_(store.import_directory(number)),
        flags_(store.database(), Family::kFlags, directory_) {}

  Status append(std::string_view artefact, std::string_view bytes);
  Status set_flag(std::string_view flag_id, std::string_view state) {
    return flags_.put(flag_id, state);
  }
  void add_journal_entry(JournalEntry entry) { journal_.push_back(std::move(entry)); }
  Status commit(std::string_view manifest);
  void abort();

 private:
  struct Artefact {
    std::string key;  // without the chunk's number
    SstSink sink;
    std::string waiting{};
    std::uint32_t chunks = 0;
  };
  Result<Artefact*> find_or_begin(std::string_view name);
  Status write_chunk(Artefact& artefact);
  Status finish_files();
  Status publish(std::string_view manifest);

  Store::Impl& store_;
  const std::string run_id_;
  const std::uint32_t number_;
  const std::filesystem::path directory_;
  bool open_ = true;
  std::map<std::string, Artefact, std::less<>> artefacts_;
  SstSink flags_;
  std::vector<IngestFiles> files_;
  std::vector<JournalEntry> journal_;
};

Result<RunWriter::Impl::Artefact*> RunWriter::Impl::find_or_begin(std::string_view name) {
  if (const auto at = artefacts_.find(name); at != artefacts_.end()) return &at->second;
  if (name.empty() || name.find('\0') != std::string_view::npos)
    return bilingual_error(ErrorCode::kInvalidArgument, "结果的名称不合要求",
                           "this is no name for an artefact");
  const std::filesystem::path own = directory_ / std::to_string(artefacts_.size());
  std::error_code failure;
  std::filesystem::create_directories(own, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot make a directory", own.string());
  Artefact artefact{.key = artefact_key(number_, name),
                    .sink = SstSink(store_.database(), Family::kRuns, own)};
  return &artefacts_.emplace(std::string(name), std::move(artefact)).first->second;
}

Status RunWriter::Impl::append(std::string_view name, std::string_view bytes) {
  const Result<Artefact*> artefact = find_or_begin(name);
  BIDUI_TRY(artefact);
  std::string& waiting = (*artefact)->waiting;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, kChunkBytes - waiting.size());
    waiting += piece;
    bytes.remove_prefix(piece.size());
    if (waiting.size() == kChunkBytes) BIDUI_TRY(write_chunk(**artefact));
  }
  return {};
}

Status RunWriter::Impl::write_chunk(Artefact& artefact) {
  std::string key = artefact.key;
  append_big_endian(key, artefact.chunks++);
  const Status done = artefact.sink.put(key, artefact.waiting);
  artefact.waiting.clear();
  return done;
}

Status RunWriter::Impl::finish_files() {
  for (auto& [name, artefact] : artefacts_) {
    if (!artefact.waiting.empty() || artefact.chunks == 0) BIDUI_TRY(write_chunk(artefact));
    BIDUI_TRY(artefact.sink.finish());
    files_.push_back(artefact.sink.files());
  }
  BIDUI_TRY(flags_.finish());
  files_.push_back(flags_.files());
  return {};
}

// All goes in by files, so that the journal's entries of others do not wait behind a run's flags.
Status RunWriter::Impl::publish(std::string_view manifest) {
  const auto lock = store_.lock_changes();
  const auto existing = store_.database().get(Family::kRuns, run_key(run_id_));
  if (!existing) return existing.error();
  if (*existing) return run_exists_error(run_id_);
  rocksdb::WriteBatch batch;
  batch.Put(store_.database().family(Family::kRuns), run_key(run_id_),
            number_key(number_) + std::string(manifest));
  BIDUI_TRY(store_.add_journal_entries(batch, journal_));
  store_.add_settled(batch, number_);
  Result<std::vector<IngestFiles>> rest =
      write_batch_files(store_.database(), batch, directory_ / "rest");
  BIDUI_TRY(rest);
  files_.insert(files_.end(), rest->begin(), rest->end());
  return store_.database().ingest(files_);
}

Status RunWriter::Impl::commit(std::string_view manifest) {
  if (!open_)
    return bilingual_error(ErrorCode::kInvalidArgument, "这次比对已经写完",
                           "the run was written already");
  Status done = finish_files();
  if (done) done = publish(manifest);
  if (!done) {
    abort();
    return done;
  }
  open_ = false;
  std::error_code failure;
  std::filesystem::remove_all(directory_, failure);  // else it goes at the next opening
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

Status RunWriter::set_flag(std::string_view flag_id, std::string_view state) {
  return impl_->set_flag(flag_id, state);
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
  const std::filesystem::path directory = impl_->import_directory(*number);
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot make a directory", directory.string());
  return RunWriter(std::make_unique<RunWriter::Impl>(*impl_, run_id, *number));
}

}  // namespace bidui::store
