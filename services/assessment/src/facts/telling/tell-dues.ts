import type { EventData } from '@linghang/events'
import { once, type Telling } from './telling.ts'

/** What has become of a month that a member owed; one that was not owed after all is no fact. */
function duesMonth({ id, memberId, orgId, month, state, inTime, version }: EventData<'dues.bill.changed.v1'>): Telling {
  return {
    toldAs: 'dues.bill',
    source: { type: 'DuesBill', id, version },
    orgId,
    facts:
      state === 'WITHDRAWN'
        ? []
        : [
            {
              ...{ subjectType: 'MEMBER', subjectId: memberId, orgId, kind: 'DUES_MONTH', day: month, quantity: once },
              attributes: { state, inTime },
            },
          ],
  }
}

/** Months that are over and were not paid; from the first day on which it was found. */
function arrears(one: EventData<'dues.arrears.changed.v1'>): Telling {
  const { id, memberId, orgId, months, openedOn, closedOn, version } = one
  return {
    toldAs: 'dues.arrears',
    source: { type: 'DuesArrears', id, version },
    orgId,
    facts: [
      {
        ...{ subjectType: 'MEMBER', subjectId: memberId, orgId, kind: 'DUES_ARREARS', day: openedOn, quantity: once },
        attributes: { months, settled: closedOn !== null },
      },
    ],
  }
}

export const duesTellers = { 'dues.bill.changed.v1': duesMonth, 'dues.arrears.changed.v1': arrears }
