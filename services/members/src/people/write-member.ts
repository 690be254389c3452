import { type Actor, once, recordAudit, shanghaiDay } from '@linghang/access'
import { activeTraceparent } from '@linghang/events'
import { maskIdNumber, maskPhone } from '@linghang/rosters'
import type { CountySeal } from '@linghang/sealing'
import { DomainError } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { openCase } from '../development/open-case.ts'
import { caseDecides } from '../development/read-cases.ts'
import { fail } from '../errors.ts'
import type { MemberRecord } from '../roster/member-record.ts'
import { judgeRecord } from './judge-record.ts'
import { hashOf, type Member, nameKeyOf, type PersonKind } from './member.ts'
import { countLook, requireLookLeft } from './number-looks.ts'
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
  if (kind === null) fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  if (!kind?.endsWith('BRANCH') || kind === 'GENERAL_BRANCH') fail('NOT_A_BRANCH', { kind })
}

type Held = NonNullable<Awaited<ReturnType<typeof memberStore.lock>>>

/** A person whose file the actor keeps, whether or not they are in the register today; held until the transaction ends. */
export async function requireHeld(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Held> {
  const held = await memberStore.lock(tx, actor.countyId, id)
  const kept = held ? await deps.supervision.kept(tx, actor, [held.member.orgId]) : new Set()
  if (!held || !kept.has(held.member.orgId)) return fail('NOT_FOUND', { what: `Member:${id}` })
  return held
}

/** As `requireHeld`, of somebody who is in the register. */
export async function requireKept(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Held> {
  const held = await requireHeld(deps, tx, actor, id)
  if (held.member.leftOn) fail('ALREADY_LEFT', { leftOn: held.member.leftOn })
  return held
}

const hashed = (seal: CountySeal, number: string | null): string | null =>
  number === null ? null : seal.fingerprint(number, 'idempotency').toString('hex')

/**
 * Writes the change with its audit row and its event: one thing.
 * @param leftReason why the person left; null takes it away
 */
export async function save(
  tx: Tx,
  actor: Actor,
  held: Held,
  after: Member,
  event: string,
  leftReason?: string | null,
): Promise<void> {
  const contentHash = hashOf({ ...after, ...held.numbers })
  await memberStore.update(tx, { ...after, version: held.member.version + 1 }, held.numbers, contentHash, leftReason)
  await recordAudit({ tx, actor }, [
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
  if (!held) return fail('NOT_FOUND', { what: `Member:${memberId}` })
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

/** Writes a file that the register did not have. @throws DomainError PERSON_REGISTERED */
async function begin(tx: Tx, actor: Actor, member: Member, numbers: SealedNumbers): Promise<void> {
  const contentHash = hashOf({ ...member, ...numbers })
  await memberStore.insert(tx, actor.countyId, member, numbers, contentHash).catch(error => {
    // Somebody of another branch, whom this actor does not see, has the number: the constraint knows.
    if (error?.code === 'P2002') return fail('PERSON_REGISTERED')
    throw error
  })
  await recordAudit({ tx, actor }, [
    {
      orgId: member.orgId,
      action: 'member.registered',
      subjectType: 'Member',
      subjectId: member.id,
      afterHash: contentHash,
    },
  ])
  await memberStore.tell(tx, [member.id], 'members.member.registered.v1', activeTraceparent())
}

/** Somebody who left and comes back goes on with the file that they had. @returns null for whoever has none */
async function takeUp(
  tx: Tx,
  actor: Actor,
  registered: Member,
  numbers: SealedNumbers,
  today: string,
): Promise<Member | null> {
  const id = await memberStore.takeBack(tx, numbers.idNumberHash, registered.orgId)
  const held = id && (await memberStore.lock(tx, actor.countyId, id))
  if (!held) return null
  const { ethnicity, education, post, knownOn, version } = held.member
  await memberStore.endAbsence(tx, held.member.id, today, 'RETURNED', null)
  const after = { ...registered, id: held.member.id, ethnicity, education, post, knownOn, version }
  const { phoneSealed, phoneHash, phoneMasked } = registered.phoneMasked === null ? held.numbers : numbers
  const phone = { phoneSealed, phoneHash, phoneMasked }
  const kept = { ...held, numbers: { ...held.numbers, ...phone } }
  await save(tx, actor, kept, { ...after, phoneMasked }, 'members.member.registered.v1', null)
  return after
}

/**
 * A registration that is refused because the county has the person. That has to be said, since only a transfer helps;
 * but it says as much as a search by the number does, of people whom the actor may not see. So it is recorded, counts as
 * a look, and once those are spent nobody is told any more. Not undone with the refusal.
 */
async function refusedWithTrace(deps: Deps, tx: Tx, actor: Actor, orgId: string, work: () => Promise<string>) {
  await requireLookLeft(deps, tx, actor)
  try {
    return { id: await memberStore.undoable(tx, work) }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'PERSON_REGISTERED') throw error
    await countLook(deps, tx, actor)
    const subject = { subjectType: 'Account', subjectId: actor.accountId ?? actor.countyId }
    await recordAudit({ tx, actor }, [{ orgId, action: 'member.found-registered', ...subject }])
    return { refusal: error }
  }
}

/**
 * Registers one person, by the same rules as a roster's row. Who left and comes back is the same person with their file.
 * @throws DomainError NOT_FOUND, NOT_A_BRANCH, RECORD_REFUSED, PERSON_REGISTERED, TOO_MANY_LOOKS
 */
export function registerMember(deps: Deps) {
  return async (actor: Actor, input: RegisterMember, idempotencyKey: string | null): Promise<string> => {
    const seal = await deps.sealing.ofCounty(actor.countyId)
    const today = shanghaiDay(deps.now())
    const register = (tx: Tx) =>
      // What is remembered of the input must not let anybody search for a number: it takes the keyed hashes.
      once(
        { tx, actor },
        {
          operation: 'registerMember',
          key: idempotencyKey,
          input: { ...input, idNumber: hashed(seal, input.idNumber), phone: hashed(seal, input.phone) },
        },
        async () => {
          await requireBranch(deps, tx, actor, input.orgId)
          const record = judgeRecord(input, today)
          const numbers = sealNumbers(seal, record)
          const { idNumber, phone, organisationCode, ...rest } = record
          const registered: Member = {
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
          const returned = await takeUp(tx, actor, registered, numbers, today)
          if (!returned) await begin(tx, actor, registered, numbers)
          const member = returned ?? registered
          if (member.kind === 'APPLICANT' && member.appliedOn)
            await openCase(deps, tx, actor, { ...member, appliedOn: member.appliedOn })
          return member.id
        },
      )
    const done = await deps.transact(actor, tx => refusedWithTrace(deps, tx, actor, input.orgId, () => register(tx)))
    if ('refusal' in done) throw done.refusal
    return done.id
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
        { tx, actor },
        { operation: 'changeMember', key: idempotencyKey, input: { id, change, expectedVersion } },
        async () => {
          const held = await requireKept(deps, tx, actor, id)
          if (expectedVersion !== null && expectedVersion !== held.member.version)
            fail('CONFLICT', { what: `Member:${id}` })
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
      once({ tx, actor }, { operation: 'transferMember', key: idempotencyKey, input: { id, orgId } }, async () => {
        const held = await requireKept(deps, tx, actor, id)
        await requireBranch(deps, tx, actor, orgId)
        if (held.member.orgId !== orgId)
          await save(tx, actor, held, { ...held.member, orgId }, 'members.member.transferred.v1')
        return id
      }),
    )
}
