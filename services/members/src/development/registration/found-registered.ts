import { recordAudit, undoable } from '@linghang/access'
import type { CountySeal } from '@linghang/sealing'
import { DomainError } from '@linghang/subgraph'
import { countLook, requireLookLeft } from '../../register/people/number-looks.ts'
import type { Work } from '../../work.ts'

/**
 * What is refused because the county has the person whose number it is. That has to be said, since only a transfer helps;
 * but it says as much as a search by the number does, of people whom the actor may not see. So it is recorded, counts as
 * a look, and once those are spent nobody is told any more. Not undone with the refusal.
 */
export async function refusedWithTrace(work: Work, orgId: string, run: () => Promise<string>) {
  const { actor } = work
  await requireLookLeft(work)
  try {
    return { id: await undoable(work, run) }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'PERSON_REGISTERED') throw error
    await countLook(work)
    const subject = { subjectType: 'Account', subjectId: actor.accountId ?? actor.countyId }
    await recordAudit(work, [{ orgId, action: 'member.found-registered', ...subject }])
    return { refusal: error }
  }
}

/** What is remembered of a number for a key of idempotency: nobody may search for a number by it. */
export const fingerprinted = (seal: CountySeal, number: string | null): string | null =>
  number === null ? null : seal.fingerprint(number, 'idempotency').toString('hex')
