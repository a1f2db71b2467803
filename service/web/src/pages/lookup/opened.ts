// What stands on the look-up page, kept while other pages are visited; in memory only.
import { ref, shallowRef, watch } from 'vue'
import { call } from '@/api/client'
import type { Household, LookupRequest } from '@/api/types'
import type { Answer } from '@/api/client'
import type { paths } from '@/api/openapi'
import { language } from '@/language'
import { purpose, session } from '@/session'

type LookupResult = Answer<paths['/api/v1/lookups']['post']>

export const typed = ref('')
export const near = ref(false)
export const found = shallowRef<LookupResult | null>(null)
export const household = shallowRef<Household | null>(null)

// How a household is asked for again: by its name, or, of a person who belongs to none, by a record.
export type Named = { household: string } | { record: string }
export function namedAs(shown: Household): Named {
  return shown.name ? { household: shown.name } : { record: shown.record }
}

// The next account finds nothing of it.
watch(
  () => session.value?.account,
  () => {
    typed.value = ''
    near.value = false
    found.value = null
    household.value = null
  },
)

// The service's words are of the language that was asked in.
watch(language, () => {
  household.value = null
})

// Of those who must say why, every request says it.
export function why(): { purpose?: string } {
  return session.value?.purpose_needed ? { purpose: purpose.value } : {}
}

export function lookUp(request: LookupRequest, signal?: AbortSignal) {
  return call('post', '/api/v1/lookups', { body: { ...request, ...why() }, signal })
}
