import type { ApprovalRequestState, Event, EventData, EventType } from '@linghang/events'
import type { Told } from '../telling/telling.ts'
import type { DutyRecord, OpenDuty, Stand } from './duty.ts'

export type ToldStand = { record: DutyRecord; stand: Stand }

const on = (
  record: DutyRecord,
  { version, orgId }: { version: number; orgId: string },
  happenedOn: string,
  open: readonly (Omit<OpenDuty, 'orgId' | 'key' | 'says'> & Partial<OpenDuty>)[],
  dropped = false,
): ToldStand => ({
  record,
  stand: {
    ...{ version, orgId, happenedOn, dropped },
    open: open.map(({ key = '', dueOn, orgId: at = orgId, says = {} }) => ({ key, dueOn, orgId: at, says })),
  },
})

type Standers = { [T in EventType]?: (data: EventData<T>, told: Told) => ToldStand | null }

function themeDay(day: EventData<'org.theme-day.changed.v1'>, told: Told): ToldStand {
  const record = {
    ...{ toldAs: 'org.theme-day', kind: 'THEME_DAY_DUTY' as const, source: { type: 'ThemeDay', id: day.id } },
  }
  const open = day.isOpen ? [{ dueOn: day.dueOn }] : []
  return on(record, day, day.heldOn ?? told.on, open, day.closedBy === 'REASON')
}

/** A term that ends wants an election by then; one that was held begins the next term. A day that was wrong begins none. */
function term(organisation: EventData<'org.organisation.changed.v1'>, told: Told): ToldStand {
  const { id, version, endedOn } = organisation
  const termEnd = organisation.termEnd ?? organisation.term?.end ?? null
  const began = organisation.term?.start
  const record = { toldAs: 'org.term', kind: 'TERM_ELECTION' as const, source: { type: 'Organisation', id } }
  const goesOn = (endedOn ?? null) === null
  return on(
    record,
    { version, orgId: id },
    began !== undefined && began < told.on ? began : told.on,
    goesOn && termEnd !== null ? [{ key: began ?? termEnd, dueOn: termEnd }] : [],
    !goesOn,
  )
}

const ruled = (dates: readonly { rule: string; dueOn: string; nature: string; orgId: string }[]) =>
  dates
    .filter(({ nature }) => nature === 'LATEST')
    .map(({ rule, dueOn, orgId }) => ({ key: `${rule}/${orgId}`, dueOn, orgId, says: { step: rule } }))

function election(one: EventData<'org.election.changed.v1'>, told: Told): ToldStand {
  const record = { toldAs: 'org.election', kind: 'ELECTION_STEP' as const, source: { type: 'Election', id: one.id } }
  return on(record, one, told.on, ruled(one.dates), one.state === 'CANCELLED')
}

function followUp({ dates, ...one }: EventData<'org.follow-up.changed.v1'>, told: Told): ToldStand {
  const record = { toldAs: 'org.follow-up', kind: 'FOLLOW_UP' as const, source: { type: 'FollowUp', id: one.id } }
  const due = dates.filter(({ rule }) => rule === 'REMARK_ANSWER' || rule === 'CRITICISM_MEASURE')
  const open = due.map(({ rule, dueOn }) => ({ key: `${rule}/${dueOn}`, dueOn, says: { matter: rule } }))
  return on(record, one, told.on, open)
}

function developmentCase(one: EventData<'members.case.changed.v1'>, told: Told): ToldStand {
  const source = { type: 'DevelopmentCase', id: one.id }
  const record = { toldAs: 'members.case', kind: 'DEVELOPMENT_STEP' as const, source }
  return on(record, one, one.happenedOn ?? told.on, ruled(one.deadlines), one.state === 'ENDED')
}

const approvalRecord = (id: string): DutyRecord => ({
  ...{ toldAs: 'workflows.approval', kind: 'APPROVAL_ANSWERED', source: { type: 'Approval', id } },
})
/** Of each round the request, what takes it back and what answers it are versions of one record, in this order. */
const inRound = (round: number, place: 0 | 1 | 2): number => round * 3 + place

function requested({ id, kind, orgId, deciderOrgId, requestedOn, dueOn, round }: ApprovalRequestState): ToldStand {
  const open = dueOn === null ? [] : [{ key: `${round}`, dueOn, orgId: deciderOrgId, says: { matter: kind } }]
  return on(approvalRecord(id), { version: inRound(round, 0), orgId }, requestedOn, open)
}
const withdrawn = ({ id, orgId, round }: ApprovalRequestState, told: Told): ToldStand =>
  on(approvalRecord(id), { version: inRound(round, 1), orgId }, told.on, [], true)

const decided = ({ id, orgId, decidedOn, round }: EventData<'workflows.approval.decided.v1'>): ToldStand =>
  on(approvalRecord(id), { version: inRound(round, 2), orgId }, decidedOn, [])

function statement(due: EventData<'dues.statement.scheduled.v1'>, told: Told): ToldStand {
  const source = { type: 'DuesStatement', id: due.id }
  const record = { toldAs: 'dues.statement', kind: 'DUES_STATEMENT' as const, source }
  return on(record, due, told.on, due.open ? [{ dueOn: due.dueOn, says: { matter: due.kind } }] : [])
}

function fixing({ dueOn, ...due }: EventData<'dues.fixing.scheduled.v1'>, told: Told): ToldStand | null {
  const source = { type: 'DuesFixing', id: due.id }
  const record = { toldAs: 'dues.fixing', kind: 'DUES_STATEMENT' as const, source }
  // Told before counties had a day of their own: by which it was due is not known.
  if (dueOn === undefined) return null
  return on(record, due, told.on, due.open ? [{ dueOn, says: { matter: 'FIXING' } }] : [])
}

/** What is wrong with how an organisation is set up: hers to mend from the day on which it was found. */
function structure({ orgId, findings, checkedOn, ended, version }: EventData<'org.structure.checked.v1'>): ToldStand {
  const source = { type: 'Organisation', id: orgId }
  const record = { toldAs: 'org.structure', kind: 'STRUCTURE_FINDING' as const, source }
  const open = findings.map(({ kind, since }) => ({ key: kind, dueOn: since, says: { finding: kind } }))
  return on(record, { version, orgId }, checkedOn, ended ? [] : open, ended)
}

const standers = {
  'org.structure.checked.v1': structure,
  'org.theme-day.changed.v1': themeDay,
  'org.organisation.registered.v1': term,
  'org.organisation.changed.v1': term,
  'org.organisation.moved.v1': term,
  'org.election.changed.v1': election,
  'org.follow-up.changed.v1': followUp,
  'members.case.changed.v1': developmentCase,
  'members.approval.requested.v1': requested,
  'members.approval.withdrawn.v1': withdrawn,
  'org.approval.requested.v1': requested,
  'org.approval.withdrawn.v1': withdrawn,
  'workflows.approval.decided.v1': decided,
  'dues.statement.scheduled.v1': statement,
  'dues.fixing.scheduled.v1': fixing,
} satisfies Standers

export type DutyType = keyof typeof standers
export const dutyTypes = Object.keys(standers) as DutyType[]

/** What one event says is still to be done; null where it does not say by when. */
export function standOf({ type, data }: Pick<Event<DutyType>, 'type' | 'data'>, told: Told): ToldStand | null {
  const stand = standers[type] as (of: typeof data, told: Told) => ToldStand | null
  return stand(data, told)
}
