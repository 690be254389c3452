import { toId } from '@linghang/subgraph/ids'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'

/** Whoever keeps the committee's affairs. @throws DomainError NOT_FOUND, FORBIDDEN */
export async function requireOfCommittee({ supervision }: Work, committeeId: string): Promise<void> {
  if (!(await supervision.seen([committeeId])).has(committeeId))
    fail('NOT_FOUND', { what: toId('Organisation', committeeId) })
  if (!(await supervision.kept([committeeId])).has(committeeId)) fail('FORBIDDEN', { wanted: 'ADMIN, SECRETARY' })
}

/** What is judged of people's work is judged by people. @returns the account @throws DomainError DECIDED_BY_A_PERSON */
export function requirePerson({ actor }: Pick<Work, 'actor'>): string {
  if (actor.kind !== 'PERSON' || actor.accountId === null) return fail('DECIDED_BY_A_PERSON')
  return actor.accountId
}
