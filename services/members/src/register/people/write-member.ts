import { recordAudit, whenTaken } from '@linghang/access'
import { activeTraceparent } from '@linghang/events'
import { isBranch } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { hashOf, type Member } from './member.ts'
import { memberStore, type SealedNumbers } from './store.ts'

/** @throws DomainError NOT_FOUND unless the actor keeps the register there, NOT_A_BRANCH */
export async function requireBranch({ tx, supervision }: Work, orgId: string): Promise<void> {
  const kept = await supervision.kept([orgId])
  const kind = kept.has(orgId) ? await memberStore.kindOfOrganisation(tx, orgId) : null
  if (kind === null) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  if (!isBranch(kind)) fail('NOT_A_BRANCH', { kind })
}

/** A person whom the transaction holds, with the numbers as they are kept. */
export type Held = NonNullable<Awaited<ReturnType<typeof memberStore.lock>>>

/**
 * A person whose file the actor keeps, whether or not they are in the register today; held until the transaction ends.
 * @throws DomainError NOT_FOUND
 */
export async function requireHeld({ tx, actor, supervision }: Work, id: string): Promise<Held> {
  const held = await memberStore.lock(tx, actor.countyId, id)
  const kept = held ? await supervision.kept([held.member.orgId]) : new Set()
  if (!held || !kept.has(held.member.orgId)) return fail('NOT_FOUND', { what: `Member:${id}` })
  return held
}

/** As `requireHeld`, of somebody who is in the register. @throws DomainError NOT_FOUND, ALREADY_LEFT */
export async function requireKept(work: Work, id: string): Promise<Held> {
  const held = await requireHeld(work, id)
  if (held.member.leftOn) fail('ALREADY_LEFT', { leftOn: held.member.leftOn })
  return held
}

/**
 * Writes the change with its audit row and its event: one thing.
 * @param leftReason why the person left; null takes it away
 */
export async function save(
  work: Work,
  held: Held,
  after: Member,
  event: string,
  leftReason?: string | null,
): Promise<void> {
  const contentHash = hashOf({ ...after, ...held.numbers })
  const changed = { ...after, version: held.member.version + 1 }
  await memberStore.update(work.tx, changed, held.numbers, contentHash, leftReason)
  await recordAudit(work, [
    {
      orgId: after.orgId,
      action: event.split('.').slice(1, 3).join('.'),
      subjectType: 'Member',
      subjectId: after.id,
      beforeHash: held.contentHash,
      afterHash: contentHash,
    },
  ])
  await memberStore.publish(work.tx, [after.id], event, activeTraceparent())
}

/** What a step of a development case makes of a person: where they stand and the dates that go with it. */
export type Advance = Partial<
  Pick<
    Member,
    | 'kind'
    | 'appliedOn'
    | 'activistSince'
    | 'candidateSince'
    | 'joinedOn'
    | 'fullMemberSince'
    | 'talkHeldOn'
    | 'lastReviewOn'
    | 'leftOn'
  >
>

/**
 * Writes what a development case has decided into the register, with event and audit row. Asks nothing: the case has.
 * @param leftReason with `leftOn`: why the person is no longer in the register
 * @throws DomainError NOT_FOUND
 */
export async function advanceMember(work: Work, memberId: string, change: Advance, leftReason?: string): Promise<void> {
  const held = await memberStore.lock(work.tx, work.actor.countyId, memberId)
  if (!held) return fail('NOT_FOUND', { what: `Member:${memberId}` })
  const event = change.leftOn ? 'members.member.left.v1' : 'members.member.changed.v1'
  await save(work, held, { ...held.member, ...change }, event, leftReason)
}

/** Writes a file that the register did not have. @throws DomainError PERSON_REGISTERED */
export async function enterMember(work: Work, member: Member, numbers: SealedNumbers): Promise<void> {
  const contentHash = hashOf({ ...member, ...numbers })
  const inserted = memberStore.insert(work.tx, work.actor.countyId, member, numbers, contentHash)
  // Somebody of another branch, whom this actor does not see, has the number: the constraint knows.
  await inserted.catch(whenTaken(() => fail('PERSON_REGISTERED')))
  await recordAudit(work, [
    {
      orgId: member.orgId,
      action: 'member.registered',
      subjectType: 'Member',
      subjectId: member.id,
      afterHash: contentHash,
    },
  ])
  await memberStore.publish(work.tx, [member.id], 'members.member.registered.v1', activeTraceparent())
}

/** Somebody who left and comes back goes on with the file that they had. @returns null for whoever has none */
export async function takeUpMember(work: Work, registered: Member, numbers: SealedNumbers): Promise<Member | null> {
  const id = await memberStore.takeBack(work.tx, numbers.idNumberHash, registered.orgId)
  const held = id && (await memberStore.lock(work.tx, work.actor.countyId, id))
  if (!held) return null
  const { ethnicity, education, post, knownOn, version } = held.member
  await memberStore.endAbsence(work.tx, held.member.id, work.today, 'RETURNED', null)
  const after = { ...registered, id: held.member.id, ethnicity, education, post, knownOn, version }
  const { phoneSealed, phoneHash, phoneMasked } = registered.phoneMasked === null ? held.numbers : numbers
  const phone = { phoneSealed, phoneHash, phoneMasked }
  const kept = { ...held, numbers: { ...held.numbers, ...phone } }
  await save(work, kept, { ...after, phoneMasked }, 'members.member.registered.v1', null)
  return after
}
