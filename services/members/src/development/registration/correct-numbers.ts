import { once, recordAudit, whenTaken } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { fail as refusePerson } from '../../register/people/errors.ts'
import { judgeRecord } from '../../register/people/judge-record.ts'
import { hashOf } from '../../register/people/member.ts'
import { sealNumbers } from '../../register/people/seal-numbers.ts'
import { type Held, requireKept, save } from '../../register/people/write-member.ts'
import type { Context, Work } from '../../work.ts'
import { fingerprinted, refusedWithTrace } from './found-registered.ts'

/** What is left out stays; a phone of null is taken away. */
export type NumbersCorrected = {
  memberId: string
  idNumber?: string
  phone?: string | null
  reason: string
  expectedVersion: number | null
}

async function correct(work: Work, held: Held, input: NumbersCorrected): Promise<string> {
  const { memberId, expectedVersion } = input
  if (expectedVersion !== null && expectedVersion !== held.member.version)
    refusePerson('CONFLICT', { what: `Member:${memberId}` })
  const seal = work.seal()
  const { idNumberSealed, phoneSealed } = held.numbers
  const said = {
    idNumber: input.idNumber ?? seal.open(idNumberSealed, 'id-number').toString(),
    phone: input.phone === undefined ? phoneSealed && seal.open(phoneSealed, 'phone').toString() : input.phone,
  }
  const { sex, birthDate, idNumber, phone } = judgeRecord({ ...held.member, ...said }, work.today)
  const numbers = sealNumbers(seal, { idNumber, phone })
  const { idNumberMasked, phoneMasked } = numbers
  const after = { ...held.member, sex, birthDate, idNumberMasked, phoneMasked }
  if (hashOf({ ...after, ...numbers }).equals(held.contentHash)) return memberId
  await save(work, { ...held, numbers }, after, 'members.member.changed.v1').catch(
    whenTaken(() => refusePerson('PERSON_REGISTERED')),
  )
  await recordAudit(work, [
    {
      ...{ orgId: after.orgId, action: `member.numbers-corrected: ${input.reason}` },
      ...{ subjectType: 'Member', subjectId: memberId },
    },
  ])
  return memberId
}

/**
 * Corrects the numbers that a person is recorded with: a roster with another ID number is another person, so it cannot.
 * Birth date and sex are read out of the ID number. No use case, for the reasons that `registerMember` is none.
 * @returns the person's id
 * @throws DomainError BAD_INPUT without a reason, NOT_FOUND, ALREADY_LEFT, CONFLICT, RECORD_REFUSED, PERSON_REGISTERED,
 *   TOO_MANY_LOOKS
 */
export async function correctNumbers(
  { perform }: Pick<Context, 'perform'>,
  input: NumbersCorrected,
  idempotencyKey: string | null,
): Promise<string> {
  const wanted = { ...input, reason: requireReason(input.reason) }
  const done = await perform(async work => {
    const held = await requireKept(work, input.memberId)
    const printOf = (number: string | null | undefined) => number && fingerprinted(work.seal(), number)
    const remembered = { ...wanted, idNumber: printOf(input.idNumber), phone: printOf(input.phone) }
    const request = { operation: 'correctNumbers', key: idempotencyKey, input: remembered }
    return refusedWithTrace(work, held.member.orgId, () => once(work, request, () => correct(work, held, wanted)))
  })
  if ('refusal' in done) throw done.refusal
  return done.id
}
