// The filter of the work list, kept in the address: it names no person.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export const kAssigned = ['me', 'nobody', 'all'] as const
export type Assigned = (typeof kAssigned)[number]

export interface FlagFilter {
  township: string
  village: string
  rule: string
  severity: string
  state: string
  status: string
  overdue: string
  assigned: Assigned
  assignee: string
}

const kNames: (keyof FlagFilter)[] = [
  'township',
  'village',
  'rule',
  'severity',
  'state',
  'status',
  'overdue',
  'assignee',
]

export function useFlagFilter() {
  const route = useRoute()
  const router = useRouter()
  const text = (name: string) => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  const filter = computed(() => ({
    ...(Object.fromEntries(kNames.map((name) => [name, text(name)])) as unknown as FlagFilter),
    assigned: kAssigned.find((one) => one === text('assigned')) ?? ('all' as const),
  }))
  // As the menu leads here: nothing was chosen yet.
  const isBare = computed(() => Object.keys(route.query).length === 0)
  const chosen = computed(() => text('flag'))

  function set(change: Partial<FlagFilter> & { flag?: string }) {
    const query = { ...route.query, ...change }
    if (change.township !== undefined) query.village = ''
    if (change.assigned !== undefined && change.assignee === undefined) query.assignee = ''
    const kept = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined)
    return router.replace({ query: Object.fromEntries(kept) })
  }
  // Whose flags they are stays.
  function clear() {
    return router.replace({ query: { assigned: filter.value.assigned } })
  }
  return { filter, chosen, isBare, set, clear }
}
