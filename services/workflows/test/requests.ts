import { randomUUID } from 'node:crypto'
import { type ApprovalRequestState, catalogue, type EventData, type EventType, keyOf } from '@linghang/events'
import { shanghaiDay } from '@linghang/subgraph'
import type { County } from '../../../tests/harness/county.ts'
import { look } from '../../../tests/harness/databases.ts'

export const uuidOf = (id: string): string => id.slice(id.indexOf(':') + 1)
export const today = shanghaiDay(new Date())

/** Lets the members service tell of something: a row of its outbox, moved by its own relay. */
export async function tellAsMembers<T extends EventType>(
  county: County,
  type: T,
  subject: string,
  data: EventData<T>,
): Promise<void> {
  await look(
    'members',
    'insert into outbox_event (county_id, org_id, type, subject, key, data) values ($1, $2, $3, $4, $5, $6)',
    [county.id, null, type, subject, keyOf(type, county.id, subject), JSON.stringify(catalogue[type].parse(data))],
  )
}

/** A request as members makes one; organisations by their ids in the API. */
export const requestOf = (
  asked: { by: string; decider: string } & Partial<ApprovalRequestState>,
): ApprovalRequestState => {
  const { by, decider, ...more } = asked
  return {
    id: randomUUID(),
    kind: 'CANDIDATE_FILING',
    subjectType: 'DevelopmentCase',
    subjectId: randomUUID(),
    orgId: uuidOf(by),
    deciderOrgId: uuidOf(decider),
    requestedBy: null,
    recusedMemberIds: [],
    requestedOn: today,
    dueOn: null,
    hardLimitOn: null,
    article: '第十四条',
    source: '细则',
    certainty: 'VERIFIED',
    round: 1,
    version: 1,
    ...more,
  }
}
