import { addMonths, penaltyCitation, penaltyMonths } from '@linghang/rulebook'
import { many, requireReason } from '@linghang/subgraph'
import { type Tx, useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { penaltyStore } from './penalty-store.ts'
import { penaltiesAtMost } from './store.ts'
import { requireKept, save } from './write-member.ts'

const cited = { article: penaltyCitation.article, source: penaltyCitation.source }

/**
 * Records that somebody is on probation within the party (留党察看): from then to then without a vote, not due, and no
 * introducer or contact.
 * @throws DomainError NOT_FOUND, ALREADY_LEFT, NOT_A_MEMBER, PENALTY_PERIOD_REFUSED, PENALTY_OVERLAPS, DATE_IN_FUTURE, BAD_INPUT
 */
export const recordPenalty = useCase(
  'recordPenalty',
  async (work, input: { memberId: string; fromOn: string; untilOn: string; basis: string }): Promise<string> => {
    const { tx, actor, today } = work
    const held = await requireKept(work, input.memberId)
    const basis = requireReason(input.basis, 'basis')
    const { fromOn, untilOn } = input
    if (fromOn > today) fail('DATE_IN_FUTURE', { field: 'fromOn', found: fromOn, today })
    if (held.member.kind !== 'FULL') fail('NOT_A_MEMBER', { kind: held.member.kind, ...cited })
    const [from, until] = [addMonths(fromOn, penaltyMonths.atLeast), addMonths(fromOn, penaltyMonths.atMost)]
    if (untilOn < from || untilOn > until) fail('PENALTY_PERIOD_REFUSED', { found: untilOn, from, until, ...cited })
    const before = (await penaltyStore.penaltiesOf(tx, actor.countyId, [held.member.id])).get(held.member.id) ?? []
    const other = before.find(one => one.fromOn <= untilOn && one.untilOn >= fromOn)
    if (other) fail('PENALTY_OVERLAPS', { from: other.fromOn, until: other.untilOn })
    if (before.length >= penaltiesAtMost)
      fail('PENALTY_OVERLAPS', { from: before.at(-1)?.fromOn ?? '', until: before[0]?.untilOn ?? '' })
    await penaltyStore.insertPenalty(tx, actor.countyId, held.member, { fromOn, untilOn, basis })
    await save(work, held, held.member, 'members.member.changed.v1')
    return input.memberId
  },
)

/**
 * Ends a penalty earlier than recorded: the rights are given back, or it had been recorded wrongly.
 * @throws DomainError NOT_FOUND, ALREADY_LEFT, PENALTY_PERIOD_REFUSED, BAD_INPUT without a reason
 */
export const endPenalty = useCase(
  'endPenalty',
  async (work, input: { memberId: string; penaltyId: string; untilOn: string; reason: string }): Promise<string> => {
    const { tx, actor } = work
    const held = await requireKept(work, input.memberId)
    const reason = requireReason(input.reason)
    const of = await penaltyStore.penaltiesOf(tx, actor.countyId, [held.member.id])
    const penalty = of.get(held.member.id)?.find(({ id }) => id === input.penaltyId)
    if (!penalty) return fail('NOT_FOUND', { what: `penalty ${input.penaltyId}` })
    const { fromOn, untilOn } = penalty
    if (input.untilOn < fromOn || input.untilOn > untilOn)
      fail('PENALTY_PERIOD_REFUSED', { found: input.untilOn, from: fromOn, until: untilOn, ...cited })
    await penaltyStore.endPenalty(tx, penalty.id, input.untilOn, reason)
    await save(work, held, held.member, 'members.member.changed.v1')
    return input.memberId
  },
)

/** Penalties of people whose files the actor reads, the newest first. */
export const penaltiesOf = many(({ tx, actor }: Work, memberIds) =>
  penaltyStore.penaltiesOf(tx, actor.countyId, memberIds),
)

/** Those of these people whose rights a penalty takes on a day. */
export async function suspendedOn(
  tx: Tx,
  countyId: string,
  memberIds: readonly string[],
  day: string,
): Promise<Set<string>> {
  const penalties = await penaltyStore.penaltiesOf(tx, countyId, memberIds)
  return new Set(
    memberIds.filter(id => penalties.get(id)?.some(({ fromOn, untilOn }) => fromOn <= day && untilOn >= day)),
  )
}
