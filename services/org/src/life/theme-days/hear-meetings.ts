import { newestOf, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { themeDayStore } from './store.ts'
import { tellThemeDays } from './tell.ts'
import { monthOf } from './theme-day.ts'

/** Where an organisation has ended nobody is to hold one any more. */
export const hearEnds = reaction(['org.organisation.ended.v1'], async (work: Work, events) => {
  const orgIds = events.map(({ data }) => data.id)
  const closed = await themeDayStore.closeAt(work.tx, orgIds, '党组织已撤销或合并')
  if (closed.length > 0) await tellThemeDays(work, closed)
})

/** A theme day that was held settles its month, whenever it is closed. */
export const hearThemeDays = reaction(['org.meeting.closed.v1'], async (work: Work, events) => {
  const meetings = newestOf(events, ({ id }) => id).filter(({ kind }) => kind === 'THEME_DAY')
  if (meetings.length === 0) return
  const held = await themeDayStore.held(
    work.tx,
    meetings.map(({ id, orgId, heldOn }) => ({ orgId, month: monthOf(heldOn), meetingId: id })),
  )
  const heldOn = new Map(meetings.map(({ id, heldOn: on }) => [id, on]))
  if (held.length > 0) await tellThemeDays(work, held, heldOn)
})
