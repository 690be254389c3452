import { randomUUID } from 'node:crypto'
import { shanghaiDay } from '@linghang/access'
import { type ApprovalRequestState, catalogue, type EventData, type EventType, keyOf } from '@linghang/events'
import { uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'

export const today = shanghaiDay(new Date())

/** Lets a service tell of something: a row of its outbox, moved by its own relay. */
async function tellAs<T extends EventType>(
  service: 'members' | 'org' | 'dues' | 'assessment',
  county: County,
  type: T,
  subject: string,
  data: EventData<T>,
): Promise<void> {
  await look(
    service,
    'insert into outbox_event (county_id, org_id, type, subject, key, data) values ($1, $2, $3, $4, $5, $6)',
    [county.id, null, type, subject, keyOf(type, county.id, subject), JSON.stringify(catalogue[type].parse(data))],
  )
}

export const tellAsMembers = <T extends EventType>(county: County, type: T, subject: string, data: EventData<T>) =>
  tellAs('members', county, type, subject, data)

export const tellAsOrg = <T extends EventType>(county: County, type: T, subject: string, data: EventData<T>) =>
  tellAs('org', county, type, subject, data)

export const tellAsDues = <T extends EventType>(county: County, type: T, subject: string, data: EventData<T>) =>
  tellAs('dues', county, type, subject, data)

export const tellAsAssessment = <T extends EventType>(county: County, type: T, subject: string, data: EventData<T>) =>
  tellAs('assessment', county, type, subject, data)

/** A closed meeting of a committee that voted on a person, once workflows has heard of it. @returns its id in the API */
export async function committeeMet(
  county: County,
  held: { by: string; on: string; matter: string; about: string; inFavour?: number },
): Promise<string> {
  const id = randomUUID()
  const inFavour = held.inFavour ?? 5
  const ballots = { due: 7, present: 5, inFavour, against: 5 - inFavour, abstained: 0 }
  await tellAs('org', county, 'org.meeting.closed.v1', id, {
    ...{ id, orgId: uuidOf(held.by), kind: 'COMMITTEE', heldOn: held.on, due: 7, present: 5, version: 1 },
    resolutions: [
      {
        ...{ id: randomUUID(), matter: held.matter, memberId: held.about, carried: inFavour > 3 },
        ballots: { ...ballots, writtenInFavour: 0, writtenAgainst: 0 },
      },
    ],
  })
  const known = 'select 1 from committee_meeting where id = $1'
  await until(async () => (await look('workflows', known, [id])).length === 1, 30_000, 'the meeting is heard of')
  return `Meeting:${id}`
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
    memberId: randomUUID(),
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
