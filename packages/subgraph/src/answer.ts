import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from './errors.ts'
import { isUuid } from './ids.ts'

/** HTTP's status for refusals, by their code. */
export type Statuses = Readonly<Record<string, number>>
const ofEvery: Statuses = { NOT_FOUND: 404, FORBIDDEN: 403, SCOPE_MISSING: 403 }

/** A refusal as it is told, in plain HTTP and in what GraphQL says beside its message. */
export const refusalOf = ({ code, params, texts }: DomainError) => ({
  code,
  params,
  messages: { 'zh-CN': texts.zh, en: texts.en },
})

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
    if (!(error instanceof DomainError)) throw error
    return reply.code(own[error.code] ?? ofEvery[error.code] ?? 400).send(refusalOf(error))
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
