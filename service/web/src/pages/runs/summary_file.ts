// What of a run's summary.json (docs/contracts.md §3) the page shows. The API leaves its form to
// that page, so it is told here once.
export interface RuleCount {
  rule: string
  title: string
  severity: string
  flags: { new: number; same: number; changed: number; gone: number; reopened: number }
  subjects: number
  excepted: number
  undecided: number
  suppressed: number
  not_covered: number
  settled: number
  not_evaluated?: string
  not_evaluated_en?: string
}

export interface ErrorGroup {
  dimension: string
  group: string
  title: string
  records: number
  links: number
  false_links: number
  missed_pairs: number
  false_link_rate: number | null
  false_link_rate_at_most: number | null
  missed_rate_at_least: number | null
  missed_rate_at_most: number | null
}

export interface SummaryFile {
  run: string
  evaluation_date: string
  since: string | null
  program_version: string
  profile: { title: string }
  entities: number
  pairs_compared: number
  deliveries: { source: string; as_of: string; read: number; loaded: number; rejected: number; skipped: number }[]
  error_sheet: {
    basis: string
    to_civil: { source: string; records: number; links: number; possible: number; duplicates: number }[]
    groups: ErrorGroup[]
  }
  rules: RuleCount[]
}

export function raisedBy(rule: RuleCount): number {
  const { flags } = rule
  return flags.new + flags.same + flags.changed + flags.reopened
}
