// What somebody typed into the one search box: an ID number, a phone, a household number, or a
// name with village or birth year.
import type { LookupRequest, Meta } from '@/api/types'
import type { Word } from '@/language/words'

export interface Understood {
  as: Word // what it was taken for
  request: LookupRequest
}

type Sources = Meta['sources']

// A 15-character ID number holds a birth date (YYMMDD) from its seventh digit on.
function holdsOldDate(digits: string): boolean {
  const month = Number(digits.slice(8, 10))
  const day = Number(digits.slice(10, 12))
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

function ofNumber(digits: string): Understood | null {
  if (/^1[3-9]\d{9}$/.test(digits)) return { as: 'as_phone', request: { phone: digits } }
  if (/^0\d{9,11}$/.test(digits)) return { as: 'as_phone', request: { phone: digits } }
  const isId = /^\d{15,17}[\dX]$|^\d{15}$/i.test(digits)
  if (isId && (digits.length !== 15 || holdsOldDate(digits)))
    return { as: 'as_id_number', request: { id_number: digits.toUpperCase() } }
  if (/^\d{12,}$/.test(digits))
    return { as: 'as_household', request: { household: `poverty:${digits}` } }
  return null
}

// `poverty:340…`, or `低保:DB…`: a source's identifier, or how its title begins.
function ofHousehold(text: string, sources: Sources): Understood | null {
  const parts = /^([^:]+):(\S+)$/.exec(text)
  if (parts === null) return null
  const [, name = '', number] = parts
  const source = sources.find((one) => one.source === name || one.title.startsWith(name))
  const request = { household: `${source?.source ?? name}:${number}` }
  return { as: 'as_household', request }
}

const kYear = /^(19|20)\d{2}(-\d{1,2}(-\d{1,2})?)?$/
const kPlace = /(村|社区|居委会|镇|乡|街道)$/

function ofName(text: string): Understood {
  const isLatin = /^[A-Za-z .'-]+$/.test(text)
  const parts = isLatin ? [text] : text.split(/[ ,，、;；]+/)
  const request: LookupRequest = {}
  for (const part of parts) {
    if (kYear.test(part)) request.born = part
    else if (/^1[3-9]\d{9}$/.test(part)) request.phone = part
    else if (request.name === undefined && (!kPlace.test(part) || parts.length === 1)) request.name = part
    else request.village = part
  }
  return { as: 'as_name', request }
}

export function understand(typed: string, sources: Sources): Understood | null {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ')
  if (text === '') return null
  const joined = text.replace(/[ -]/g, '')
  if (/^[\dXx]{10,}$/.test(joined)) return ofNumber(joined)
  const household = ofHousehold(text, sources)
  if (household !== null) return household
  const understood = ofName(text)
  return understood.request.name || understood.request.phone ? understood : null
}
