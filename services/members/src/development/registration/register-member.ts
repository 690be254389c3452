import { once, requireGoingOn } from '@linghang/access'
import type { CountySeal } from '@linghang/sealing'
import { judgeRecord } from '../../register/people/judge-record.ts'
import { type Member, nameKeyOf, type PersonKind } from '../../register/people/member.ts'
import { sealNumbers } from '../../register/people/seal-numbers.ts'
import { enterMember, requireBranch, takeUpMember } from '../../register/people/write-member.ts'
import type { StageDates } from '../../register/roster/member-record.ts'
import type { Context, Work } from '../../work.ts'
import { openCase } from '../cases/open-case.ts'
import { fingerprinted, refusedWithTrace } from './found-registered.ts'

export type RegisterMember = StageDates & {
  orgId: string
  name: string
  idNumber: string
  kind: PersonKind
  phone: string | null
}

async function register(work: Work, input: RegisterMember, seal: CountySeal): Promise<string> {
  await requireGoingOn(work.tx, input.orgId)
  await requireBranch(work, input.orgId)
  const record = judgeRecord(input, work.today)
  const numbers = sealNumbers(seal, record)
  const { idNumber, phone, organisationCode, ...rest } = record
  const registered: Member = {
    ...rest,
    id: work.newId(),
    orgId: input.orgId,
    nameKey: nameKeyOf(record.name),
    talkHeldOn: null,
    lastReviewOn: null,
    leftOn: null,
    knownOn: work.today,
    idNumberMasked: numbers.idNumberMasked,
    phoneMasked: numbers.phoneMasked,
    version: 1,
  }
  const returned = await takeUpMember(work, registered, numbers)
  if (!returned) await enterMember(work, registered, numbers)
  const member = returned ?? registered
  if (member.kind === 'APPLICANT' && member.appliedOn) await openCase(work, { ...member, appliedOn: member.appliedOn })
  return member.id
}

/**
 * Registers one person, by the same rules as a roster's row. Who left and comes back is the same person with their file.
 * No use case: its refusal is kept with what was done, and what is remembered of its input is not the input.
 * @returns the person's id
 * @throws DomainError NOT_FOUND, NOT_A_BRANCH, RECORD_REFUSED, PERSON_REGISTERED, TOO_MANY_LOOKS,
 *   TEMPORARY_BRANCH_DEVELOPS_NOBODY; OrganisationEnded
 */
export async function registerMember(
  { perform }: Pick<Context, 'perform'>,
  input: RegisterMember,
  idempotencyKey: string | null,
): Promise<string> {
  const done = await perform(async work => {
    const seal = work.seal()
    // What is remembered of the input must not let anybody search for a number: it takes the keyed hashes.
    const remembered = {
      ...input,
      idNumber: fingerprinted(seal, input.idNumber),
      phone: fingerprinted(seal, input.phone),
    }
    const request = { operation: 'registerMember', key: idempotencyKey, input: remembered }
    return refusedWithTrace(work, input.orgId, () => once(work, request, () => register(work, input, seal)))
  })
  if ('refusal' in done) throw done.refusal
  return done.id
}
