import {
  Busy,
  CountyMoves,
  IdempotencyKeyReused,
  NotForCity,
  OrganisationEnded,
  OutcomeUnknown,
} from '@linghang/access'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { commonErrors, DomainError, defineErrors } from './errors.ts'
import { isUuid } from './ids.ts'

/** HTTP's status for refusals, by their code. */
export type Statuses = Readonly<Record<string, number>>
const ofEvery: Statuses = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  SCOPE_MISSING: 403,
  NOT_FOR_CITY: 403,
  BUSY: 503,
  OUTCOME_UNKNOWN: 503,
  COUNTY_MOVES: 409,
}

const { fail } = defineErrors({})
const common = (code: keyof typeof commonErrors) => new DomainError(code, {}, commonErrors[code])

/** As a room refuses it, in both languages. */
function refused(...refusal: Parameters<typeof fail>): DomainError {
  try {
    return fail(...refusal)
  } catch (error) {
    return error as DomainError
  }
}
/** Whom an office of a city has to ask. */
const ofCounty = { wanted: 'an office of the county', wantedZh: '该县（市、区）的职务' }

/** What is no refusal of a room and no fault of ours either: the access to the database says it. */
function refusing(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error
  if (error instanceof Busy) return common('BUSY')
  if (error instanceof CountyMoves) return common('COUNTY_MOVES')
  if (error instanceof OrganisationEnded) return refused('ORGANISATION_ENDED', error.organisation)
  if (error instanceof NotForCity) return refused('NOT_FOR_CITY', ofCounty)
  if (error instanceof OutcomeUnknown) return common('OUTCOME_UNKNOWN')
  return error instanceof IdempotencyKeyReused ? common('IDEMPOTENCY_KEY_REUSED') : null
}

/** A refusal as it is told, in plain HTTP and in what GraphQL says beside its message; null for a fault of ours. */
export function refusalOf(error: unknown) {
  const refusal = refusing(error)
  if (!refusal) return null
  const { code, params, texts } = refusal
  return { code, params, messages: { 'zh-CN': texts.zh, en: texts.en } }
}

/** The status of a refusal's code, 400 where it has none. */
export const statusOf = (code: string, own: Statuses = {}): number => own[code] ?? ofEvery[code] ?? 400

/**
 * Plain HTTP: what `run` gives; a refusal with the status of its code, 400 where it has none. Whatever else is thrown is a
 * fault of ours, and thrown on.
 */
export async function answer<T>(
  reply: FastifyReply,
  run: () => T | Promise<T>,
  own: Statuses = {},
): Promise<T | FastifyReply> {
  try {
    return await run()
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return reply.code(statusOf(refusal.code, own)).send(refusal)
  }
}

/** The same about a thing that the address names: whatever is no id is nothing that is there. */
export const answerAbout = async (
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  run: (id: string) => Promise<FastifyReply>,
  own: Statuses,
): Promise<FastifyReply> => {
  const { id } = request.params
  return isUuid(id) ? answer(reply, () => run(id), own) : reply.code(404).send({ code: 'NOT_FOUND' })
}
