// One call for every operation of service/openapi.json: path, query and body are typed by it.
import type { paths } from './openapi'
import { Problem } from './problem'
import { language, say } from '@/language'

type Method = 'get' | 'post' | 'delete'
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends object ? P : never
}[keyof paths]

type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : never
type PathValues<O> = O extends { parameters: { path: infer V } } ? V : never
type Body<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never
type Success<O> = O extends { responses: infer R } ? R[keyof R & (200 | 201 | 202 | 204)] : never
export type Answer<O> =
  Success<O> extends { content: { 'application/json': infer A } } ? A : undefined

export interface Options<O> {
  path?: PathValues<O>
  query?: Query<O>
  body?: Body<O>
  signal?: AbortSignal
}

let csrf = ''
export function setCsrf(token: string) {
  csrf = token
}

let onSignedOut: () => void = () => undefined
export function whenSignedOut(act: () => void) {
  onSignedOut = act
}

// Over plain HTTP on a LAN host crypto.randomUUID is missing.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

// The last change that got no answer, or that the service failed at: asked for once more, it
// carries the same key, so that it is made once.
let unanswered = { change: '', key: '' }

function keyOf(change: string): string {
  if (unanswered.change !== change) unanswered = { change, key: newKey() }
  return unanswered.key
}

export function addressOf(path: string, values: object = {}, query: object = {}): string {
  const known = new Map(Object.entries(values))
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(known.get(name)))
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') asked.set(name, String(value))
  }
  return filled + (asked.size > 0 ? `?${asked}` : '')
}

async function problemOf(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get('Retry-After') ?? 0)
  try {
    return new Problem({ retry_after: retry, ...(await response.json()) })
  } catch {
    const detail = say('service_failed', { status: response.status })
    return new Problem({ code: 'internal', title: detail, detail, retry_after: retry })
  }
}

async function request(method: Method, address: string, options: Options<unknown>) {
  const headers: Record<string, string> = { 'Accept-Language': language.value }
  const body = options.body === undefined ? undefined : JSON.stringify(options.body)
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'get') {
    headers['X-CSRF-Token'] = csrf
    headers['Idempotency-Key'] = keyOf(`${method} ${address} ${body}`)
  }
  let response: Response
  try {
    response = await fetch(address, {
      method: method.toUpperCase(),
      headers,
      body,
      signal: options.signal,
      cache: 'no-store',
    })
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw new Problem({ code: 'unreachable', title: '', detail: say('unreachable') })
  }
  if (method !== 'get' && response.status < 500) unanswered = { change: '', key: '' }
  if (response.ok) return response
  const problem = await problemOf(response)
  if (problem.code === 'not_signed_in') onSignedOut()
  throw problem
}

export async function call<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  options: Options<Operation<P, M>> = {},
): Promise<Answer<Operation<P, M>>> {
  const response = await request(method, addressOf(path, options.path, options.query), options)
  const type = response.headers.get('Content-Type') ?? ''
  const answer = type.includes('json') ? await response.json() : undefined
  return answer as Answer<Operation<P, M>>
}

// A file that the service makes, saved under `name`.
export async function download<P extends PathsOf<'get'>>(
  path: P,
  name: string,
  options: Options<Operation<P, 'get'>> = {},
) {
  const response = await request('get', addressOf(path, options.path, options.query), options)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
