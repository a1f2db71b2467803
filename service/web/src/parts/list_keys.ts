import { onBeforeUnmount, onMounted } from 'vue'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

// Arrow keys walk through what is marked data-item inside the list that the event came from; Home
// and End go to its ends.
export function walk(event: KeyboardEvent) {
  const list = event.currentTarget as HTMLElement
  const items = [...list.querySelectorAll<HTMLElement>('[data-item]')]
  const here = items.findIndex((item) => item.contains(document.activeElement))
  const steps: Record<string, number> = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    Home: 0,
    End: items.length - 1,
  }
  const wanted = steps[event.key]
  if (wanted === undefined || isTyping(event.target)) return
  const next = items[Math.min(Math.max(wanted, 0), items.length - 1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

export function focusFirst(list: HTMLElement | null) {
  list?.querySelector<HTMLElement>('[data-item]')?.focus()
}

// Heard before anything else hears it: a dialogue that Esc closes is still there.
function useKey(act: (event: KeyboardEvent) => void) {
  onMounted(() => window.addEventListener('keydown', act, { capture: true }))
  onBeforeUnmount(() => window.removeEventListener('keydown', act, { capture: true }))
}

// "/" goes to the page's search.
export function useSlashKey() {
  useKey((event) => {
    if (event.key !== '/' || isTyping(event.target)) return
    const search = document.querySelector<HTMLElement>('[data-search] input')
    if (search === null) return
    event.preventDefault()
    search.focus()
  })
}

// Esc, where no dialogue and no list of choices is open: those close themselves.
export function useEscape(act: () => void) {
  useKey((event) => {
    if (event.key !== 'Escape' || isTyping(event.target)) return
    const open = [...document.querySelectorAll<HTMLElement>('.el-overlay, .el-popper')]
    if (open.some((one) => one.checkVisibility())) return
    act()
  })
}
