import { reaction } from '@linghang/events'
import { announce } from '../inbox/announce.ts'
import { traceparentsOf } from '../time/watch/process.ts'
import type { Work } from '../work.ts'
import { watchApprovals } from './process.ts'

/**
 * A decision of our own: whoever decides may not write what workflows are told, so it is done when it is heard. What was
 * sent back is the branch's to correct, and it hears so.
 */
export const hearDecisions = reaction(['workflows.approval.decided.v1'], async (work: Work, events) => {
  const decided = events.map(({ data }) => data)
  await watchApprovals(work, [...new Set(decided.map(({ id }) => id))], traceparentsOf(events))
  await announce(
    work,
    decided
      .filter(({ outcome }) => outcome === 'RETURNED')
      .map(({ id, orgId, decidedOn, round }) => ({
        ...{ subjectId: id, subjectType: 'APPROVAL', rule: 'APPROVAL_DUE', rung: 'RETURNED' },
        ...{ orgId, role: 'SECRETARY', dueOn: decidedOn, round },
      })),
  )
})
