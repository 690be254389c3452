import { many, requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Member } from './member.ts'
import { memberStore } from './store.ts'
import { type Held, requireKept, save } from './write-member.ts'

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
export const recordLeaving = useCase(
  'recordLeaving',
  async (work, input: { memberId: string; leftOn: string; reason: string }): Promise<string> => {
    const { memberId, leftOn } = input
    const held = await requireKept(work, memberId)
    const reason = requireReason(input.reason)
    if (leftOn > work.today) fail('DATE_IN_FUTURE', { field: 'leftOn', found: leftOn, today: work.today })
    requireAfterAll(held.member, leftOn)
    await save(work, held, { ...held.member, leftOn }, 'members.member.left.v1', reason)
    return memberId
  },
)

/** Puts a person back into the register whose leaving was recorded by mistake, and keeps that they were off it. */
export async function putBack(work: Work, held: Held, reason: string): Promise<void> {
  await memberStore.endAbsence(work.tx, held.member.id, work.today, 'UNDONE', reason)
  await save(work, held, { ...held.member, leftOn: null }, 'members.member.changed.v1', null)
}

/** Times in which people were not in the register, the newest first; of people whose files the actor reads. */
export const absencesOf = many(({ tx, actor }: Work, memberIds) =>
  memberStore.absencesOf(tx, actor.countyId, memberIds),
)
