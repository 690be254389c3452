import { once, recordAudit } from '@linghang/access'
import { readIdNumberCell } from '@linghang/rosters'
import { requireReason } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Member } from './member.ts'
import { memberStore } from './store.ts'

/** Looks at and for whole ID numbers that one account may take: a register is not read out person by person. */
const looksAtMost = [
  { most: 60, minutes: 60 },
  { most: 300, minutes: 24 * 60 },
] as const
const minuteMs = 60_000

const sinceWhen = (now: Date) => looksAtMost.map(({ minutes }) => new Date(now.getTime() - minutes * minuteMs))

function requireFewer(counts: readonly number[], more: number): void {
  for (const [i, { most, minutes }] of looksAtMost.entries())
    if ((counts[i] as number) + more > most) fail('TOO_MANY_LOOKS', { limit: most, minutes })
}

/** Counts one more look, or refuses it. @throws DomainError TOO_MANY_LOOKS */
export async function countLook({ tx, actor, now }: Work): Promise<void> {
  if (actor.accountId === null) return
  requireFewer(await memberStore.countLook(tx, actor.countyId, actor.accountId, now, sinceWhen(now)), 0)
}

/** Whether one more look would be taken; until the transaction ends the account takes no other. @throws DomainError TOO_MANY_LOOKS */
export async function requireLookLeft({ tx, actor, now }: Work): Promise<void> {
  if (actor.accountId === null) return
  requireFewer(await memberStore.looksSince(tx, actor.accountId, sinceWhen(now)), 1)
}

/**
 * Somebody of the actor's organisations by the whole ID number, however it was typed. Found or not, who searched and why
 * is recorded, and the answer takes the same steps for a number that nobody has and for one of somebody else's people.
 * @throws DomainError BAD_INPUT without a reason, TOO_MANY_LOOKS
 */
export async function findMemberByIdNumber(
  work: Work,
  { idNumber, reason }: { idNumber: string; reason: string },
): Promise<Member | null> {
  const { tx, actor } = work
  const why = requireReason(reason)
  const { value, refusal } = readIdNumberCell(idNumber)
  const wanted = refusal ? idNumber.trim().toUpperCase() : value.number
  const seal = work.seal()
  await countLook(work)
  const id = await memberStore.idByIdNumberHash(tx, seal.fingerprint(wanted, 'id-number'))
  const [member = null] = id === null ? [] : await memberStore.byIds(tx, actor.countyId, [id])
  await recordAudit(work, [
    {
      orgId: member?.orgId ?? null,
      action: `member.searched-by-id-number: ${why}`,
      ...(member
        ? { subjectType: 'Member', subjectId: member.id }
        : { subjectType: 'Account', subjectId: actor.accountId ?? actor.countyId }),
    },
  ])
  return member
}

/**
 * Shows whole numbers to whoever keeps the register, and records who asked and why. No use case, since those are
 * remembered with what they gave: a request repeated with its key is shown the numbers again, which are kept nowhere in
 * clear; it counts as one look, and each showing is recorded.
 * @throws DomainError BAD_INPUT without a reason, NOT_FOUND, TOO_MANY_LOOKS
 */
export async function revealIdentity(
  work: Work,
  { memberId, reason }: { memberId: string; reason: string },
  idempotencyKey: string | null,
): Promise<{ idNumber: string; phone: string | null }> {
  const { tx, actor } = work
  const why = requireReason(reason)
  const seal = work.seal()
  const [member] = await memberStore.byIds(tx, actor.countyId, [memberId])
  const kept = member ? await work.supervision.kept([member.orgId]) : new Set()
  const numbers = member && kept.has(member.orgId) ? await memberStore.numbersOf(tx, actor.countyId, memberId) : null
  if (!member || !numbers) return fail('NOT_FOUND', { what: `Member:${memberId}` })
  const request = { operation: 'revealIdentity', key: idempotencyKey, input: { memberId, why } }
  await once(work, request, () => countLook(work).then(() => true))
  await recordAudit(work, [
    { orgId: member.orgId, action: `identity.revealed: ${why}`, subjectType: 'Member', subjectId: memberId },
  ])
  return {
    idNumber: seal.open(numbers.idNumberSealed, 'id-number').toString(),
    phone: numbers.phoneSealed && seal.open(numbers.phoneSealed, 'phone').toString(),
  }
}
