import type { components } from './openapi'

type ProblemBody = components['schemas']['Problem']

// A refusal or failure of the service (RFC 9457), or of the way to it.
export class Problem extends Error {
  readonly code: string
  readonly field: string
  readonly retryAfter: number // seconds; 0: not said

  constructor(body: Pick<ProblemBody, 'code' | 'title' | 'detail'> & Partial<ProblemBody>) {
    super(body.detail || body.title)
    this.code = body.code
    this.field = body.field ?? ''
    this.retryAfter = body.retry_after ?? 0
  }
}
