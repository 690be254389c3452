import { type Actor, once, shanghaiDay } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import { resumeCase } from '../development/end-case.ts'
import { fail } from '../errors.ts'
import type { Member } from './member.ts'
import { memberStore } from './store.ts'
import { requireHeld, requireKept, save } from './write-member.ts'

const datesBefore = [
  'birthDate',
  'appliedOn',
  'activistSince',
  'candidateSince',
  'joinedOn',
  'fullMemberSince',
] as const

/** Nobody leaves before what the register says of them. @throws DomainError LEAVING_TOO_EARLY */
function requireAfterAll(member: Member, leftOn: string): void {
  const latest = datesBefore.toSorted((one, other) => ((member[one] ?? '') < (member[other] ?? '') ? 1 : -1))[0]
  const day = latest && member[latest]
  if (day && leftOn < day) fail('LEAVING_TOO_EARLY', { found: leftOn, field: latest, day })
}

/**
 * Takes a person off the register; the file stays.
 * @throws DomainError NOT_FOUND, ALREADY_LEFT, DATE_IN_FUTURE, LEAVING_TOO_EARLY, BAD_INPUT without a reason
 */
export function recordLeaving(deps: Deps) {
  return (
    actor: Actor,
    input: { memberId: string; leftOn: string; reason: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'recordLeaving', key: idempotencyKey, input }, async () => {
        const held = await requireKept(deps, tx, actor, input.memberId)
        const reason = requireReason(input.reason)
        const today = shanghaiDay(deps.now())
        if (input.leftOn > today) fail('DATE_IN_FUTURE', { field: 'leftOn', found: input.leftOn, today })
        requireAfterAll(held.member, input.leftOn)
        await save(tx, actor, held, { ...held.member, leftOn: input.leftOn }, 'members.member.left.v1', reason)
        return input.memberId
      }),
    )
}

/**
 * Puts a person back whose leaving was recorded by mistake: the file, and the case that it ended, stand as before.
 * @throws DomainError NOT_FOUND, NOT_LEFT, LEAVING_WAS_DECIDED, BAD_INPUT without a reason
 */
export function undoLeaving(deps: Deps) {
  return (actor: Actor, input: { memberId: string; reason: string }, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'undoLeaving', key: idempotencyKey, input }, async () => {
        const held = await requireHeld(deps, tx, actor, input.memberId)
        const reason = requireReason(input.reason)
        const { leftOn } = held.member
        if (leftOn === null) return fail('NOT_LEFT')
        await memberStore.endAbsence(tx, held.member.id, shanghaiDay(deps.now()), 'UNDONE', reason)
        await save(tx, actor, held, { ...held.member, leftOn: null }, 'members.member.changed.v1', null)
        await resumeCase(deps, tx, actor, { memberId: input.memberId, leftOn, reason })
        return input.memberId
      }),
    )
}

/** Times in which people were not in the register, the newest first; of people whose files the actor reads. */
export function readAbsences(deps: Deps) {
  return (actor: Actor, memberIds: readonly string[]) =>
    deps.transact(actor, tx => memberStore.absencesOf(tx, actor.countyId, memberIds))
}
