import { recordAudit } from '@linghang/access'
import { isLargeDue } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import type { RealAccount, VirtualAccount } from '../../ledger/accounts/account.ts'
import { requireAmount } from '../../ledger/accounts/amount.ts'
import { requirePast } from '../../ledger/accounts/past-day.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { centreFundOf } from '../../ledger/funds/centre-fund.ts'
import { useCase, type Work } from '../../work.ts'
import { type Known, standingStore } from '../bills/standing-store.ts'
import { fail } from './errors.ts'
import type { Payer, Payment, PaymentKind, PaymentWay, Rest } from './payment.ts'
import { paymentStore } from './store.ts'

export type RecordPayment = {
  memberId: string
  /** To whom; where the member is now where it is left out. */
  orgId: string | null
  amountFen: bigint
  kind: PaymentKind
  way: Exclude<PaymentWay, 'ONLINE'>
  receivedOn: string
  payer: Payer
  payerMemberId: string | null
  consent: string | null
  rest: Rest | null
}

/** @throws DomainError NOT_FOUND for whoever's books the actor does not keep */
async function requireMember(work: Work, memberId: string): Promise<Known> {
  const [known] = await standingStore.ofMembers(work.tx, work.actor.countyId, [memberId])
  return known ?? fail('NOT_FOUND', { what: `Member:${memberId}` })
}

/** @throws DomainError CONSENT_MISSING, BAD_INPUT */
function consentOf({ payer, payerMemberId, memberId, consent, rest }: RecordPayment): string | null {
  if ((payer === 'MEMBER') !== (payerMemberId !== null) || payerMemberId === memberId)
    fail('BAD_INPUT', {
      ...{ field: 'payerMemberId', found: payerMemberId === null ? '' : 'Member' },
      ...{ wanted: 'another member, where another member pays', wantedZh: '由其他党员代交时填写该党员' },
    })
  const needs = payer !== 'SELF' || rest === 'ADVANCE'
  if (needs && !consent?.trim()) fail('CONSENT_MISSING')
  return consent === null ? null : requireReason(consent, 'consent')
}

/**
 * Whose part of the account it is: the organisation's own, or for a large due the committee's fund for the centre.
 * @throws DomainError LARGE_DUES_TOO_SMALL, BAD_INPUT
 */
async function accountFor(work: Work, own: VirtualAccount, { kind, rest, amountFen }: RecordPayment): Promise<string> {
  if (kind === 'DUES') return own.id
  if (!isLargeDue(amountFen)) fail('LARGE_DUES_TOO_SMALL', { found: `${amountFen}` })
  if (rest !== null)
    fail('BAD_INPUT', { field: 'rest', found: rest, wanted: 'nothing for a large due', wantedZh: '大额党费不填' })
  const [keeper] = await accountStore.realByIds(work.tx, work.actor.countyId, [own.keeperId])
  return (await centreFundOf(work, keeper as RealAccount)).id
}

/**
 * Records what was received of a member's dues, in cash or at the bank, by whoever keeps the books of their organisation. It
 * is in the books when somebody else has confirmed it. A large due (党费规定 2008, art. 11) is a payment of its own kind.
 * @returns the payment's id
 * @throws DomainError NOT_FOUND, NO_DUES_ACCOUNT, BAD_INPUT, CONSENT_MISSING, LARGE_DUES_TOO_SMALL
 */
export const recordPayment = useCase(
  'recordDuesPayment',
  async (work, input: RecordPayment): Promise<string> => {
    const { tx, actor } = work
    const known = await requireMember(work, input.memberId)
    const orgId = input.orgId ?? known.orgId
    if (!(await work.supervision.keptBooks([orgId])).has(orgId))
      return fail('NOT_FOUND', { what: `Member:${input.memberId}` })
    // Of somebody who is elsewhere now, what they owed here; of nobody who never was.
    if (orgId !== known.orgId && (await paymentStore.openOf(tx, input.memberId, orgId)).length === 0)
      return fail('NOT_FOUND', { what: `Member:${input.memberId}` })
    const account = (await accountStore.virtualOf(tx, [orgId])).get(orgId)
    const organisation = await accountStore.organisation(tx, actor.countyId, orgId)
    if (!account) return fail('NO_DUES_ACCOUNT', { code: organisation?.code ?? '' })
    const receivedOn = requirePast(work, 'receivedOn', input.receivedOn)
    const payment: Payment = {
      ...{ id: work.newId(), orgId, memberId: input.memberId, keeperId: account.keeperId },
      ...{ accountId: await accountFor(work, account, input), kind: input.kind },
      ...{ way: input.way, payer: input.payer, payerMemberId: input.payerMemberId, consent: consentOf(input) },
      ...{ amountFen: requireAmount(input.amountFen), rest: input.rest, duesFen: 0n, advanceFen: 0n, voluntaryFen: 0n },
      ...{ receivedOn, state: 'RECORDED', journalId: null, orderId: null, whyEnded: null },
      ...{ recordedBy: actor.accountId, recordedAt: work.now, confirmedBy: null, confirmedAt: null },
    }
    await paymentStore.insert(tx, actor.countyId, payment)
    const subject = { subjectType: 'DuesPayment', subjectId: payment.id }
    await recordAudit(work, [{ orgId, action: 'dues-payment.recorded', ...subject }])
    return payment.id
  },
  { rights: 'COUNTY' },
)
