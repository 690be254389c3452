import { recordAudit } from '@linghang/access'
import { requireReason, toId } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { factStore } from '../journal/store.ts'
import { requireKept } from '../people/keeping.ts'
import { peopleStore } from '../people/store.ts'
import { fail } from './errors.ts'
import { type Exemption, exemptionsAtMost, requireTime } from './exemption.ts'
import { exemptionStore } from './store.ts'

export type DecideExemption = Pick<Exemption, 'memberId' | 'reason' | 'fromDay' | 'untilDay' | 'decidedOn' | 'basis'>

const far = '9999-12-31'

/**
 * Writes down what the branch has decided of somebody who belongs to it. @returns its id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, TOO_MANY_EXEMPTIONS, EXEMPTION_STANDS
 */
export const decideExemption = useCase('decideExemption', async (work, input: DecideExemption): Promise<string> => {
  const { tx, actor, today, now } = work
  const { countyId } = actor
  const { memberId, reason, fromDay, untilDay } = input
  const what = toId('Member', memberId)
  const place = (await peopleStore.at(tx, countyId, [memberId], today)).get(memberId)
  if (!place) return fail('NOT_FOUND', { what })
  const { orgId } = place
  await requireKept(work, orgId, what)
  requireTime(input, today)
  await exemptionStore.hold(tx, memberId)
  const known = await exemptionStore.ofMembers(tx, countyId, [memberId])
  if (known.length >= exemptionsAtMost) fail('TOO_MANY_EXEMPTIONS', { found: known.length, wanted: exemptionsAtMost })
  const standing = known.find(
    one => one.reason === reason && one.fromDay <= (untilDay ?? far) && (one.untilDay ?? far) >= fromDay,
  )
  if (standing) fail('EXEMPTION_STANDS', { found: standing.fromDay })
  const decided = { ...input, id: work.newId(), orgId, endReason: null, basis: requireReason(input.basis, 'basis') }
  await exemptionStore.insert(tx, { ...decided, countyId, decidedBy: actor.accountId, decidedAt: now })
  await recordAudit(work, [{ orgId, action: 'exemption.decided', subjectType: 'Exemption', subjectId: decided.id }])
  await factStore.touch(tx, countyId, [{ subjectType: 'MEMBER', subjectId: memberId, orgId, fromDay }])
  return decided.id
})
