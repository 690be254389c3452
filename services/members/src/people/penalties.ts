import { type Actor, once, shanghaiDay } from '@linghang/access'
import { addMonths, penaltyCitation, penaltyMonths } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { memberStore, penaltiesAtMost } from './store.ts'
import { requireKept, save } from './write-member.ts'

const cited = { article: penaltyCitation.article, source: penaltyCitation.source }

/**
 * Records that somebody is on probation within the party (留党察看): from then to then without a vote, not due, and no
 * introducer or contact.
 * @throws DomainError NOT_FOUND, ALREADY_LEFT, NOT_A_MEMBER, PENALTY_PERIOD_REFUSED, PENALTY_OVERLAPS, DATE_IN_FUTURE, BAD_INPUT
 */
export function recordPenalty(deps: Deps) {
  return (
    actor: Actor,
    input: { memberId: string; fromOn: string; untilOn: string; basis: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'recordPenalty', key: idempotencyKey, input }, async () => {
        const held = await requireKept(deps, tx, actor, input.memberId)
        const basis = requireReason(input.basis, 'basis')
        const { fromOn, untilOn } = input
        const today = shanghaiDay(deps.now())
        if (fromOn > today) fail('DATE_IN_FUTURE', { field: 'fromOn', found: fromOn, today })
        if (held.member.kind !== 'FULL') fail('NOT_A_MEMBER', { kind: held.member.kind, ...cited })
        const [from, until] = [addMonths(fromOn, penaltyMonths.atLeast), addMonths(fromOn, penaltyMonths.atMost)]
        if (untilOn < from || untilOn > until) fail('PENALTY_PERIOD_REFUSED', { found: untilOn, from, until, ...cited })
        const before = (await memberStore.penaltiesOf(tx, actor.countyId, [held.member.id])).get(held.member.id) ?? []
        const other = before.find(one => one.fromOn <= untilOn && one.untilOn >= fromOn)
        if (other) fail('PENALTY_OVERLAPS', { from: other.fromOn, until: other.untilOn })
        if (before.length >= penaltiesAtMost)
          fail('PENALTY_OVERLAPS', { from: before.at(-1)?.fromOn ?? '', until: before[0]?.untilOn ?? '' })
        await memberStore.insertPenalty(tx, actor.countyId, held.member, { fromOn, untilOn, basis })
        await save(tx, actor, held, held.member, 'members.member.changed.v1')
        return input.memberId
      }),
    )
}

/**
 * Ends a penalty earlier than recorded: the rights are given back, or it had been recorded wrongly.
 * @throws DomainError NOT_FOUND, ALREADY_LEFT, PENALTY_PERIOD_REFUSED, BAD_INPUT without a reason
 */
export function endPenalty(deps: Deps) {
  return (
    actor: Actor,
    input: { memberId: string; penaltyId: string; untilOn: string; reason: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'endPenalty', key: idempotencyKey, input }, async () => {
        const held = await requireKept(deps, tx, actor, input.memberId)
        const reason = requireReason(input.reason)
        const of = await memberStore.penaltiesOf(tx, actor.countyId, [held.member.id])
        const penalty = of.get(held.member.id)?.find(({ id }) => id === input.penaltyId)
        if (!penalty) return fail('NOT_FOUND', { what: `penalty ${input.penaltyId}` })
        const { fromOn, untilOn } = penalty
        if (input.untilOn < fromOn || input.untilOn > untilOn)
          fail('PENALTY_PERIOD_REFUSED', { found: input.untilOn, from: fromOn, until: untilOn, ...cited })
        await memberStore.endPenalty(tx, penalty.id, input.untilOn, reason)
        await save(tx, actor, held, held.member, 'members.member.changed.v1')
        return input.memberId
      }),
    )
}

/** Penalties of people whose files the actor reads, the newest first. */
export function readPenalties(deps: Deps) {
  return (actor: Actor, memberIds: readonly string[]) =>
    deps.transact(actor, tx => memberStore.penaltiesOf(tx, actor.countyId, memberIds))
}

/** Those of these people whose rights a penalty takes on a day. */
export async function suspendedOn(
  tx: Tx,
  countyId: string,
  memberIds: readonly string[],
  day: string,
): Promise<Set<string>> {
  const penalties = await memberStore.penaltiesOf(tx, countyId, memberIds)
  return new Set(
    memberIds.filter(id => penalties.get(id)?.some(({ fromOn, untilOn }) => fromOn <= day && untilOn >= day)),
  )
}
