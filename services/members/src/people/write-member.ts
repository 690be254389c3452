import { type Actor, once, recordAudit } from '@linghang/access'
import { activeTraceparent } from '@linghang/events'
import { maskIdNumber, maskPhone } from '@linghang/rosters'
import type { CountySeal } from '@linghang/sealing'
import { shanghaiDay } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { openCase } from '../development/open-case.ts'
import { caseDecides } from '../development/read-cases.ts'
import { fail } from '../errors.ts'
import type { MemberRecord } from '../roster/member-record.ts'
import { judgeRecord } from './judge-record.ts'
import { hashOf, type Member, nameKeyOf, type PersonKind } from './member.ts'
import { memberStore, type SealedNumbers } from './store.ts'

/** The numbers of a person as they are kept. */
export function sealNumbers(seal: CountySeal, numbers: { idNumber: string; phone: string | null }): SealedNumbers {
  const bytes = (buffer: Buffer) => new Uint8Array(buffer)
  return {
    idNumberSealed: bytes(seal.seal(numbers.idNumber, 'id-number')),
    idNumberHash: bytes(seal.fingerprint(numbers.idNumber, 'id-number')),
    idNumberMasked: maskIdNumber(numbers.idNumber),
    phoneSealed: numbers.phone === null ? null : bytes(seal.seal(numbers.phone, 'phone')),
    phoneHash: numbers.phone === null ? null : bytes(seal.fingerprint(numbers.phone, 'phone')),
    phoneMasked: numbers.phone === null ? null : maskPhone(numbers.phone),
  }
}

async function requireBranch(deps: Deps, tx: Tx, actor: Actor, orgId: string): Promise<void> {
  const kept = await deps.supervision.kept(tx, actor, [orgId])
  const kind = kept.has(orgId) ? await memberStore.kindOfOrganisation(tx, orgId) : null
  if (kind === null) fail('NOT_FOUND', { what: `Organisation ${orgId}` })
  if (!kind?.endsWith('BRANCH') || kind === 'GENERAL_BRANCH') fail('NOT_A_BRANCH', { kind })
}

type Held = NonNullable<Awaited<ReturnType<typeof memberStore.lock>>>

async function requireKept(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Held> {
  const held = await memberStore.lock(tx, actor.countyId, id)
  const kept = held ? await deps.supervision.kept(tx, actor, [held.member.orgId]) : new Set()
  if (!held || !kept.has(held.member.orgId)) return fail('NOT_FOUND', { what: `Member ${id}` })
  if (held.member.leftOn) fail('ALREADY_LEFT', { leftOn: held.member.leftOn })
  return held
}

const hashed = (seal: CountySeal, number: string | null): string | null =>
  number === null ? null : seal.fingerprint(number, 'idempotency').toString('hex')

/** Writes the change with its audit row and its event: one thing. */
async function save(
  tx: Tx,
  actor: Actor,
  held: Held,
  after: Member,
  event: string,
  leftReason?: string,
): Promise<void> {
  const contentHash = hashOf({ ...after, ...held.numbers })
  await memberStore.update(tx, { ...after, version: held.member.version + 1 }, contentHash, leftReason)
  await recordAudit(tx, actor, [
    {
      orgId: after.orgId,
      action: event.split('.').slice(1, 3).join('.'),
      subjectType: 'Member',
      subjectId: after.id,
      beforeHash: held.contentHash,
      afterHash: contentHash,
    },
  ])
  await memberStore.tell(tx, [after.id], event, activeTraceparent())
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
 */
export async function advanceMember(
  tx: Tx,
  actor: Actor,
  memberId: string,
  change: Advance,
  leftReason?: string,
): Promise<void> {
  const held = await memberStore.lock(tx, actor.countyId, memberId)
  if (!held) return fail('NOT_FOUND', { what: `Member ${memberId}` })
  const event = change.leftOn ? 'members.member.left.v1' : 'members.member.changed.v1'
  await save(tx, actor, held, { ...held.member, ...change }, event, leftReason)
}

export type RegisterMember = {
  orgId: string
  name: string
  idNumber: string
  kind: PersonKind
  phone: string | null
} & Pick<MemberRecord, 'appliedOn' | 'activistSince' | 'candidateSince' | 'joinedOn' | 'fullMemberSince'>

/** Registers one person, by the same rules as a roster's row. @throws DomainError NOT_FOUND, NOT_A_BRANCH, RECORD_REFUSED, PERSON_REGISTERED */
export function registerMember(deps: Deps) {
  return async (actor: Actor, input: RegisterMember, idempotencyKey: string | null): Promise<string> => {
    const seal = await deps.sealing.ofCounty(actor.countyId)
    const today = shanghaiDay(deps.now())
    return deps.transact(actor, tx =>
      // What is remembered of the input must not let anybody search for a number: it takes the keyed hashes.
      once(
        tx,
        actor,
        {
          operation: 'registerMember',
          key: idempotencyKey,
          input: { ...input, idNumber: hashed(seal, input.idNumber), phone: hashed(seal, input.phone) },
        },
        async () => {
          await requireBranch(deps, tx, actor, input.orgId)
          const record = judgeRecord(input, today)
          const numbers = sealNumbers(seal, record)
          if (await memberStore.byIdNumberHash(tx, actor.countyId, numbers.idNumberHash)) fail('PERSON_REGISTERED')
          const { idNumber, phone, organisationCode, ...rest } = record
          const member: Member = {
            ...rest,
            id: deps.newId(),
            orgId: input.orgId,
            nameKey: nameKeyOf(record.name),
            talkHeldOn: null,
            lastReviewOn: null,
            leftOn: null,
            knownOn: today,
            idNumberMasked: numbers.idNumberMasked,
            phoneMasked: numbers.phoneMasked,
            version: 1,
          }
          const contentHash = hashOf({ ...member, ...numbers })
          await memberStore.insert(tx, actor.countyId, member, numbers, contentHash).catch(error => {
            // Somebody of another branch, whom this actor does not see, has the number: the constraint knows.
            if (error?.code === 'P2002') return fail('PERSON_REGISTERED')
            throw error
          })
          await recordAudit(tx, actor, [
            {
              orgId: member.orgId,
              action: 'member.registered',
              subjectType: 'Member',
              subjectId: member.id,
              afterHash: contentHash,
            },
          ])
          await memberStore.tell(tx, [member.id], 'members.member.registered.v1', activeTraceparent())
          if (member.kind === 'APPLICANT' && member.appliedOn)
            await openCase(deps, tx, actor, { ...member, appliedOn: member.appliedOn })
          return member.id
        },
      ),
    )
  }
}

export type ChangeMember = Partial<
  Pick<
    Member,
    | 'name'
    | 'kind'
    | 'appliedOn'
    | 'activistSince'
    | 'candidateSince'
    | 'joinedOn'
    | 'fullMemberSince'
    | 'floating'
    | 'lostContact'
  >
>

/** What is decided step by step while a case is open, and not by a change of the register. */
const decidedByCase = ['kind', 'appliedOn', 'activistSince', 'candidateSince', 'joinedOn', 'fullMemberSince'] as const

/** @throws DomainError NOT_FOUND, CONFLICT, ALREADY_LEFT, CASE_DECIDES, RECORD_REFUSED */
export function changeMember(deps: Deps) {
  return async (
    actor: Actor,
    id: string,
    change: ChangeMember,
    expectedVersion: number | null,
    idempotencyKey: string | null,
  ): Promise<string> => {
    const seal = await deps.sealing.ofCounty(actor.countyId)
    return deps.transact(actor, tx =>
      once(
        tx,
        actor,
        { operation: 'changeMember', key: idempotencyKey, input: { id, change, expectedVersion } },
        async () => {
          const held = await requireKept(deps, tx, actor, id)
          if (expectedVersion !== null && expectedVersion !== held.member.version)
            fail('CONFLICT', { what: `Member ${id}` })
          if (decidedByCase.some(field => change[field] !== undefined) && (await caseDecides(tx, actor.countyId, id)))
            fail('CASE_DECIDES', { field: decidedByCase.filter(field => change[field] !== undefined).join(', ') })
          const wanted = { ...held.member, ...change }
          const idNumber = seal.open(held.numbers.idNumberSealed, 'id-number').toString()
          judgeRecord({ ...wanted, idNumber, phone: null }, shanghaiDay(deps.now()))
          const after = { ...wanted, nameKey: nameKeyOf(wanted.name) }
          if (hashOf({ ...after, ...held.numbers }).equals(held.contentHash)) return id
          await save(tx, actor, held, after, 'members.member.changed.v1')
          return id
        },
      ),
    )
  }
}

/** Moves a person between branches of which the actor keeps both. @throws DomainError NOT_FOUND, NOT_A_BRANCH, ALREADY_LEFT */
export function transferMember(deps: Deps) {
  return (actor: Actor, id: string, orgId: string, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'transferMember', key: idempotencyKey, input: { id, orgId } }, async () => {
        const held = await requireKept(deps, tx, actor, id)
        await requireBranch(deps, tx, actor, orgId)
        if (held.member.orgId !== orgId)
          await save(tx, actor, held, { ...held.member, orgId }, 'members.member.transferred.v1')
        return id
      }),
    )
}

/** Takes a person off the register; the file stays. @throws DomainError NOT_FOUND, ALREADY_LEFT, DATE_IN_FUTURE */
export function recordLeaving(deps: Deps) {
  return (
    actor: Actor,
    input: { memberId: string; leftOn: string; reason: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'recordLeaving', key: idempotencyKey, input }, async () => {
        const held = await requireKept(deps, tx, actor, input.memberId)
        const today = shanghaiDay(deps.now())
        if (input.leftOn > today) fail('DATE_IN_FUTURE', { field: 'leftOn', found: input.leftOn, today })
        await save(tx, actor, held, { ...held.member, leftOn: input.leftOn }, 'members.member.left.v1', input.reason)
        return input.memberId
      }),
    )
}

/** Shows whole numbers to whoever keeps the register, and records who asked and why. @throws DomainError NOT_FOUND */
export function revealIdentity(deps: Deps) {
  return async (
    actor: Actor,
    memberId: string,
    reason: string,
  ): Promise<{ idNumber: string; phone: string | null }> => {
    const seal = await deps.sealing.ofCounty(actor.countyId)
    return deps.transact(actor, async tx => {
      const [member] = await memberStore.byIds(tx, actor.countyId, [memberId])
      const kept = member ? await deps.supervision.kept(tx, actor, [member.orgId]) : new Set()
      const numbers =
        member && kept.has(member.orgId) ? await memberStore.numbersOf(tx, actor.countyId, memberId) : null
      if (!member || !numbers) return fail('NOT_FOUND', { what: `Member ${memberId}` })
      await recordAudit(tx, actor, [
        {
          orgId: member.orgId,
          action: `identity.revealed: ${reason.slice(0, 200)}`,
          subjectType: 'Member',
          subjectId: memberId,
        },
      ])
      return {
        idNumber: seal.open(numbers.idNumberSealed, 'id-number').toString(),
        phone: numbers.phoneSealed && seal.open(numbers.phoneSealed, 'phone').toString(),
      }
    })
  }
}
