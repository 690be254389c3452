import { whenTaken } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { standingOf } from '../payments/large-due.ts'
import { largeStore } from '../payments/large-store.ts'
import { fail } from './errors.ts'
import { audit, holdDue, refuseOther, requireNext } from './hold-due.ts'

const longestNumber = 40

export type HandOver = { paymentId: string; number: string; givenOn: string }

/**
 * Records that the centre has a large due, and the number of the receipt that the Central Organisation Department gives the
 * member (党费规定 2008, art. 11): by whoever keeps the books of the committee that passed it out of the county, or of the one
 * that took it from the member, to which the receipt comes back.
 * @returns the payment's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, LARGE_DUES_NOT_SO_FAR, BAD_INPUT, CENTRE_RECEIPT_TAKEN
 */
export const handOverLarge = useCase(
  'handOverLargeDues',
  async (work, { paymentId, number, givenOn }: HandOver): Promise<string> => {
    const due = await holdDue(work, paymentId)
    const [first] = standingOf((await largeStore.stepsOf(work.tx, [paymentId])).get(paymentId) ?? [])
    const asked = [due.holderOrgId, ...(first ? [first.atOrgId] : [])]
    const kept = await work.supervision.keptBooks(asked)
    const atOrgId = asked.find(orgId => kept.has(orgId)) ?? refuseOther()
    requireNext(due, 'HANDED_OVER')
    const centreReceipt = requireReason(number, 'number', longestNumber)
    if (givenOn < due.receivedOn || givenOn > work.today)
      fail('BAD_INPUT', {
        ...{ field: 'givenOn', found: givenOn },
        ...{ wanted: `${due.receivedOn} to ${work.today}`, wantedZh: `${due.receivedOn} 至 ${work.today}` },
      })
    const step = { kind: 'HANDED_OVER', atOrgId, journalId: null, countsOn: givenOn, reason: null } as const
    await largeStore
      .take(work, due, step, { state: 'HANDED_OVER', centreReceipt, centreReceiptOn: givenOn })
      .catch(whenTaken(() => fail('CENTRE_RECEIPT_TAKEN', { found: centreReceipt })))
    await audit(work, due, 'large-dues.handed-over')
    return paymentId
  },
  { rights: 'COUNTY' },
)
