import { uuidOf } from '@linghang/harness/ask'
import { caseDeadlines, caseLadders, developmentRulesOn, planByWeeks, type StepKey, stepKeys } from '@linghang/rulebook'
import type { CaseState } from '../../services/members/src/development/cases/case.ts'
import { progressOf } from '../../services/members/src/development/cases/case-progress.ts'
import { fold } from '../../services/members/src/development/cases/case-state.ts'
import type { Fact } from '../../services/members/src/development/cases/facts.ts'
import { watchedDates } from '../../services/members/src/development/cases/watched-dates.ts'
import { look } from './look.ts'
import { statusOfCase } from './workflows.ts'

/** What the platform holds of one case, service by service, in one shape with what its facts want. */
export type CaseFacts = {
  /** Numbers of the facts: without a gap, each once. */
  seqs: number[]
  /** Steps that were done here, in the order in which they were. */
  steps: StepKey[]
  row: Record<string, unknown>
  /** Each request with what was done with it, round by round. */
  approvals: string[]
  deadlines: string[]
  /** Reminders that are due today and are not in an inbox. */
  remindersMissing: string[]
  remindersTwice: string[]
  /** Of its workflow at Temporal. */
  workflow: string | null
}

async function factsOf(caseId: string): Promise<{ seq: number; fact: Fact }[]> {
  const rows = await look(
    'members',
    'select seq, type, happened_on::text as on, data from development_fact where case_id = $1 order by seq',
    [caseId],
  )
  return rows.map(({ seq, type, on, data }) => ({ seq, fact: { type, on, ...data } as Fact }))
}

const datesOf = (state: CaseState) => caseDeadlines(progressOf(state), developmentRulesOn(state.stepOpenedOn))
const watchedOf = (state: CaseState) => watchedDates(state, datesOf(state))
const lineOf = ({ rule, dueOn }: { rule: string; dueOn: string }): string => `${rule} ${dueOn}`

function rowOf(state: CaseState): CaseFacts['row'] {
  return {
    phase: state.phase,
    step: state.openStep ?? 'ARCHIVING',
    stepOpenedOn: state.stepOpenedOn,
    closedOn: state.closedOn,
    dueOn: datesOf(state).find(({ nature }) => nature === 'LATEST')?.dueOn ?? null,
    companions: [...new Set([...state.contacts, ...state.introducers])],
    version: state.version,
  }
}

const rowSql = `select phase, step, step_opened_on::text as "stepOpenedOn", closed_on::text as "closedOn", due_on::text as "dueOn",
  companions, version::int from development_case where id = $1`

/** What was asked of the superior and answered, as the case knows it. */
const approvalsIn = (facts: readonly Fact[]): string[] =>
  facts.flatMap(fact => {
    if (fact.type === 'APPROVAL_REQUESTED') return [`${fact.approvalId} ${fact.round} REQUESTED`]
    return fact.type === 'APPROVAL_DECIDED' ? [`${fact.approvalId} ${fact.round} ${fact.outcome}`] : []
  })

const approvalSql = `select a.id, e.round, e.what from approval a join approval_event e on e.approval_id = a.id
  where a.subject_id = $1 and (e.what = 'REQUESTED' or e.what = a.state)`

/** Offices are reminded from nine in the morning in Asia/Shanghai; until then it is still the day before. */
const reminderDay = (): string => new Date(Date.now() - 3_600_000).toISOString().slice(0, 10)

/** Reminders of the person's dates and of what was asked of the superior for them. */
async function remindersOf(state: CaseState, caseId: string): Promise<string[]> {
  const rows = await look(
    'workflows',
    `select concat_ws(' ', rule, due_on, rung, week) as line, subject_id, round, org_id, role from reminder
     where subject_id = $1 or subject_id in (select id from approval where subject_id = $2)`,
    [state.memberId, caseId],
  )
  return rows.map(({ line, subject_id, round, org_id, role }) => `${line} | ${subject_id} ${round} ${org_id} ${role}`)
}

/** What the services hold of a case, and what its facts want them to hold: the two are equal once all is well. */
export async function readCaseFacts(caseId: string): Promise<{ found: CaseFacts; wanted: CaseFacts }> {
  const id = uuidOf(caseId)
  const recorded = await factsOf(id)
  const facts = recorded.map(({ fact }) => fact)
  const state = fold(facts)
  const dates = watchedOf(state)
  const [row] = await look('members', rowSql, [id])
  const approvals = await look('workflows', approvalSql, [id])
  const deadlines = await look(
    'workflows',
    `select rule, due_on::text as "dueOn" from deadline where watch_id = $1 and closed_at is null`,
    [id],
  )
  const reminders = await remindersOf(state, id)
  const due = planByWeeks(dates, reminderDay(), {}, caseLadders).remindNow
  const steps = facts.flatMap(fact => (fact.type === 'STEP_DONE' ? [fact.step] : []))
  return {
    found: {
      seqs: recorded.map(({ seq }) => seq),
      steps,
      row,
      approvals: approvals.map(({ id: approvalId, round, what }) => `${approvalId} ${round} ${what}`).sort(),
      deadlines: deadlines.map(lineOf).sort(),
      remindersMissing: due
        .map(({ rule, dueOn, rung, week }) => `${rule} ${dueOn} ${rung} ${week}`)
        .filter(line => !reminders.some(reminder => reminder.startsWith(`${line} |`))),
      remindersTwice: reminders.filter((line, index) => reminders.indexOf(line) !== index),
      workflow: await statusOfCase(caseId),
    },
    wanted: {
      seqs: facts.map((_, index) => index),
      steps: stepKeys.filter(step => steps.includes(step)),
      row: rowOf(state),
      approvals: approvalsIn(facts).sort(),
      deadlines: [...new Set(dates.map(lineOf))].sort(),
      remindersMissing: [],
      remindersTwice: [],
      workflow: state.phase === 'OPEN' ? 'RUNNING' : 'COMPLETED',
    },
  }
}
