// Who is signed in, and what they may.
import { ref } from 'vue'
import { call, setCsrf, whenSignedOut } from '@/api/client'
import { Problem } from '@/api/problem'
import type { Meta, Session } from '@/api/types'
import { language } from '@/language'

export const session = ref<Session | null>(null)
export const meta = ref<Meta | null>(null)
export const purpose = ref(sessionStorage.getItem('bidui.purpose') ?? '')

export function keepPurpose(text: string) {
  purpose.value = text
  sessionStorage.setItem('bidui.purpose', text)
}

export type Power =
  | 'lookup'
  | 'flags_read'
  | 'flags_act'
  | 'runs_read'
  | 'runs_start'
  | 'reveal'
  | 'audit_read'
  | 'users_manage'
  | 'authorisations_manage'

export function may(power: Power): boolean {
  return session.value?.may.includes(power) ?? false
}

function begin(signedIn: Session) {
  setCsrf(signedIn.csrf)
  session.value = signedIn
}

function end() {
  session.value = null
  meta.value = null
  keepPurpose('')
}
whenSignedOut(end)

// Asks the service whether the cookie still holds; once, when the page is opened.
export async function resume() {
  try {
    begin(await call('get', '/api/v1/sessions/current'))
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
  }
}

export async function signIn(account: string, password: string) {
  begin(await call('post', '/api/v1/sessions', { body: { account, password } }))
}

export async function signOut() {
  await call('delete', '/api/v1/sessions/current')
  end()
}

// Places, rules and words that lists and filters need, in the language that was chosen.
export async function loadMeta() {
  const asked = language.value
  const words = await call('get', '/api/v1/meta')
  if (language.value === asked) meta.value = words
}
