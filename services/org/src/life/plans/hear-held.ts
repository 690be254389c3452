import { reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { tellPlans } from './tell-plans.ts'

/** A meeting that was held and closed is not to come any more, nor is any at an organisation that has ended. */
export const hearHeld = reaction(['org.meeting.closed.v1', 'org.organisation.ended.v1'], (work: Work, events) =>
  tellPlans(work, [...new Set(events.map(({ data }) => ('orgId' in data ? data.orgId : data.id)))]),
)
