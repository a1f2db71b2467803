import { onScopeDispose, reactive, ref, shallowRef } from 'vue'
import { Problem } from '@/api/problem'

const kPatienceMs = 300

// What the service was asked, and its newest answer. The old one stays until the next is there;
// `slow` tells when it is worth showing that something is awaited.
export function useAsked<A>(ask: (signal: AbortSignal) => Promise<A>) {
  const answer = shallowRef<A | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const waiting = ref(false)
  const slow = ref(false)
  let running = new AbortController()

  async function renew() {
    running.abort()
    const mine = (running = new AbortController())
    waiting.value = true
    const timer = setTimeout(() => (slow.value = running === mine), kPatienceMs)
    try {
      const got = await ask(mine.signal)
      if (running !== mine) return
      answer.value = got
      problem.value = null
    } catch (failure) {
      if (running !== mine) return
      if (!(failure instanceof Problem)) throw failure
      problem.value = failure
    } finally {
      clearTimeout(timer)
      if (running === mine) waiting.value = slow.value = false
    }
  }
  onScopeDispose(() => {
    running.abort()
    running = new AbortController()
  })
  return reactive({ answer, problem, waiting, slow, renew })
}

// A change that is being asked for: one at a time, its refusal kept for the dialogue to show.
export function useChange() {
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  async function run(change: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await change()
      return true
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      problem.value = failure
      return false
    } finally {
      busy.value = false
    }
  }
  return { problem, busy, run }
}
