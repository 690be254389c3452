import { publish } from '@linghang/events'
import { addDays, addMonths } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { stateOf } from './bill.ts'
import type { ToldBill } from './store.ts'

/** Whether a month's dues were settled by its last day. */
const inTime = ({ month, settledOn }: ToldBill): boolean =>
  settledOn !== null && settledOn <= addDays(addMonths(month, 1), -1)

/** Tells what has become of bills; never how much. */
export const tellBills = (work: Work, bills: readonly ToldBill[]): Promise<void> =>
  publish(
    work,
    bills.map(bill => ({
      ...{ type: 'dues.bill.changed.v1' as const, orgId: bill.orgId, subject: bill.id },
      data: {
        ...{ id: bill.id, memberId: bill.memberId, orgId: bill.orgId, month: bill.month, state: stateOf(bill) },
        ...{ settledOn: bill.settledOn, inTime: inTime(bill), version: Number(bill.version) },
      },
    })),
  )
