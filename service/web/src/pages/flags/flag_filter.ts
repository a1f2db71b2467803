// The filter of the work list, kept in the address: it names no person.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface FlagFilter {
  township: string
  village: string
  rule: string
  severity: string
  state: string
  status: string
  overdue: string
}

const kNames: (keyof FlagFilter)[] = [
  'township',
  'village',
  'rule',
  'severity',
  'state',
  'status',
  'overdue',
]

export function useFlagFilter() {
  const route = useRoute()
  const router = useRouter()
  const text = (name: string) => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  const filter = computed(
    () => Object.fromEntries(kNames.map((name) => [name, text(name)])) as unknown as FlagFilter,
  )
  const chosen = computed(() => text('flag'))

  function set(change: Partial<FlagFilter> & { flag?: string }) {
    const query = { ...route.query, ...change }
    if (change.township !== undefined) query.village = ''
    const kept = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined)
    return router.replace({ query: Object.fromEntries(kept) })
  }
  function clear() {
    return router.replace({ query: {} })
  }
  return { filter, chosen, set, clear }
}
