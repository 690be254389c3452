import { requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { requireWaiting } from './naming.ts'
import { namingStore } from './store.ts'
import { tellNaming } from './tell-naming.ts'

/**
 * What the county answers to who asked not to be named: a refusal says why, and names them again from now on.
 * @throws DomainError FORBIDDEN, NOT_FOUND, NAMING_OWN, NAMING_ANSWERED, BAD_INPUT
 */
export const answerNaming = useCase(
  'answerNaming',
  async (
    work,
    { id, outcome, reason }: { id: string; outcome: 'GRANTED' | 'REFUSED'; reason: string | null },
  ): Promise<string> => {
    const { tx, actor, today, now } = work
    requireCountyAdmin(work)
    const request =
      (await namingStore.lock(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what: toId('NamingRequest', id) })
    if (request.memberId === actor.memberId) fail('NAMING_OWN')
    requireWaiting(request)
    const answer = outcome === 'REFUSED' || reason !== null ? requireReason(reason ?? '', 'reason', 500) : null
    const answered = { answeredOn: today, answeredBy: actor.accountId, answeredAt: now }
    await namingStore.change(tx, id, { state: outcome, answer, ...answered })
    await tellNaming(work, request, outcome)
    return id
  },
)
