import { unseenIn } from '@linghang/subgraph/unseen-text'
import type { DocumentNode } from 'graphql'
import { refuse } from '../refusals.ts'

/**
 * Every text that comes in, in variables and in the document, is text that can be read, kept and shown. Services judge
 * the same again; here it costs nobody else anything.
 * @throws RequestRefused TEXT_NOT_ALLOWED with the name of the field, TOO_DEEP
 */
export function judgeTexts(document: DocumentNode, variables: Record<string, unknown> | null | undefined): void {
  const unseen = unseenIn(document, variables)
  if (unseen === null) return
  if ('deeperThan' in unseen) {
    const { deeperThan: limit } = unseen
    throw refuse(400, 'TOO_DEEP', { found: `> ${limit}`, limit })
  }
  throw refuse(400, 'TEXT_NOT_ALLOWED', unseen)
}
