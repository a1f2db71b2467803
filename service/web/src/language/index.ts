// Chinese first, English where the browser says so or the user chose it.
import { computed, ref, watchEffect } from 'vue'
import { words, type Word } from './words'

export type Language = 'zh' | 'en'
const kKept = 'bidui.language'

function atFirst(): Language {
  const kept = localStorage.getItem(kKept)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

export const language = ref<Language>(atFirst())

export function choose(chosen: Language) {
  language.value = chosen
  localStorage.setItem(kKept, chosen)
}

watchEffect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
})

// The text of a word, with {name} replaced by values.name.
export function say(word: Word, values: Record<string, string | number> = {}): string {
  const text = words[word][language.value === 'zh' ? 0 : 1]
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? grouped(value) : value
  })
}

// A word made of a prefix and a code of the API (`role_` + `village`); the code itself where the
// dictionary does not know it.
export function sayCode(prefix: string, code: string): string {
  const word = prefix + code
  return word in words ? say(word as Word) : code
}

const kGrouping = new Intl.NumberFormat('en-US')
export function grouped(number: number): string {
  return kGrouping.format(number)
}

// A summand: with its sign, to a tenth.
export function signed(bits: number): string {
  return (bits < 0 ? '−' : '+') + Math.abs(bits).toFixed(1)
}

// What is between two things of a list.
export const comma = computed(() => (language.value === 'zh' ? '、' : ', '))

// An instant of the API (UTC) as the clock on the wall has it.
export function wallTime(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
