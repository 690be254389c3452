import type { NewEvent } from '@linghang/events'
import type { FixingLine } from './fixing-line.ts'
import type { Scheduled } from './schedule-store.ts'

type Told = 'dues.fixing.confirmed.v1' | 'dues.fixing.checked.v1'

/** What others hear of a line: whose it is and how far, and no sum. */
export function toldLine(type: Told, line: FixingLine): NewEvent<Told> {
  const { id, memberId, orgId, year, fromMonth, version } = line
  const on = (type === 'dues.fixing.confirmed.v1' ? line.confirmedOn : line.checkedOn) ?? fromMonth
  const how = line.confirmedHow ?? 'BY_MEMBER'
  return { type, orgId, subject: memberId, data: { id, memberId, orgId, year, fromMonth, how, on, version } }
}

/** That a branch's dues are to be fixed, or are: its deadline follows. */
export const toldSchedule = ({
  id,
  orgId,
  year,
  dueOn,
  checkedOn,
  version,
}: Scheduled): NewEvent<'dues.fixing.scheduled.v1'> => ({
  ...{ type: 'dues.fixing.scheduled.v1', orgId, subject: id },
  data: { id, orgId, year, dueOn, open: checkedOn === null, version: Number(version) },
})
