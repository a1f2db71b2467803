// What each step must say (docs/dispositions.md); the service checks it again.
import type { StepOrder } from '@/api/types'
import type { Word } from '@/language/words'

export interface Needs {
  assignee?: boolean
  reason?: boolean
  where?: boolean
  note?: Word // what it tells; of the others a note may be left out
  date?: { word: Word; days: number } // counted from today, as is usual
}

const kYear = 365

export const kNeeds: Record<StepOrder['action'], Needs> = {
  assign: { assignee: true, date: { word: 'date_deadline', days: 30 } },
  check: { reason: true, note: 'note_found', date: { word: 'date_visited', days: 0 } },
  dismiss: { reason: true, date: { word: 'date_dismissed_until', days: kYear } },
  notify: { date: { word: 'date_told', days: 0 } },
  contest: { note: 'note_contested' },
  decide: { note: 'note_decided' },
  rectify: { where: true, note: 'note_changed' },
  confirm: {},
  close: { note: 'note_why' },
  return: { note: 'note_why' },
}

export function dayFromToday(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
