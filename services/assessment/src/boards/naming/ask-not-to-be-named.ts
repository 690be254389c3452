import { whenTaken } from '@linghang/access'
import { appealDueDays } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { settingsOn } from '../../appeals/settings/read-settings.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { type NamingRequest, requireAskable, requireHiding } from './naming.ts'
import { namingStore } from './store.ts'
import { tellNaming } from './tell-naming.ts'

/** The person themself, and nobody in their name. @throws DomainError NAMING_NOT_A_MEMBER */
function requireSelf({ actor }: Pick<Work, 'actor'>): { memberId: string; orgId: string } {
  const { kind, memberId, memberOrgId: orgId } = actor
  return kind === 'PERSON' && memberId !== null && orgId !== null ? { memberId, orgId } : fail('NAMING_NOT_A_MEMBER')
}

/**
 * Asks not to be named on boards: from now on the person stands on none. A reason is not wanted. The county answers within the
 * days in which it answers appeals.
 * @returns the request's id
 * @throws DomainError NAMING_NOT_A_MEMBER, NAMING_ASKED_ALREADY, NAMING_REFUSED_LATELY, BAD_INPUT
 */
export const askNotToBeNamed = useCase(
  'askNotToBeNamed',
  async (work, input: { reason: string | null }): Promise<string> => {
    const { tx, actor, today, now, newId } = work
    const { memberId, orgId } = requireSelf(work)
    const [last] = await namingStore.ofMember(tx, actor.countyId, memberId, 1)
    requireAskable(last ?? null, today)
    const request: NamingRequest = {
      ...{ id: newId(), memberId, state: 'WAITING', askedOn: today },
      reason: input.reason === null ? null : requireReason(input.reason, 'reason', 500),
      answerBy: appealDueDays(today, await settingsOn(work, today)).answerBy,
      ...{ answeredOn: null, answer: null, withdrawnOn: null },
    }
    await namingStore
      .insert(tx, { ...request, countyId: actor.countyId, orgId, askedAt: now })
      .catch(whenTaken(() => fail('NAMING_ASKED_ALREADY', { found: today })))
    await tellNaming(work, request, 'WAITING')
    return request.id
  },
  { rights: 'COUNTY' },
)

/** Is named again. @throws DomainError NAMING_NOT_A_MEMBER, NOT_FOUND, NAMING_OVER */
export const withdrawNaming = useCase(
  'withdrawNaming',
  async (work, { id }: { id: string }): Promise<string> => {
    const { tx, actor, today } = work
    const { memberId } = requireSelf(work)
    const request = await namingStore.lock(tx, actor.countyId, id)
    if (request === null || request.memberId !== memberId) return fail('NOT_FOUND', { what: toId('NamingRequest', id) })
    requireHiding(request)
    await namingStore.change(tx, id, { state: 'WITHDRAWN', withdrawnOn: today })
    await tellNaming(work, request, 'WITHDRAWN')
    return id
  },
  { rights: 'COUNTY' },
)
