import { stageOf, stepNumber } from '@linghang/rulebook'
import type { Tx } from '../../work.ts'
import type { CaseState } from './case.ts'
import { type Fact, isConfidential } from './facts.ts'

export type CaseRow = {
  id: string
  orgId: string
  memberId: string
  phase: CaseState['phase']
  endReason: string | null
  stage: string
  step: string
  stepNumber: number
  waitingOn: 'BRANCH' | 'DECIDER' | 'APPROVAL' | 'NOBODY'
  deciderOrgId: string | null
  dueOn: string | null
  openedOn: string
  stepOpenedOn: string
  closedOn: string | null
  companions: string[]
  version: number
}

export type RecordedFact = { seq: number; fact: Fact; recordedAt: Date; recordedBy: string | null }

/** A row of `development_case`, as `caseColumns` reads it. */
export type CaseColumns = {
  id: string
  org_id: string
  member_id: string
  phase: CaseState['phase']
  end_reason: string | null
  stage: string
  step: string
  step_number: number
  waiting_on: CaseRow['waitingOn']
  decider_org_id: string | null
  due_on: string | null
  opened_on: string
  step_opened_on: string
  closed_on: string | null
  companions: string[]
  version: bigint
}

export const toCase = (row: CaseColumns): CaseRow => ({
  id: row.id,
  orgId: row.org_id,
  memberId: row.member_id,
  phase: row.phase,
  endReason: row.end_reason,
  stage: row.stage,
  step: row.step,
  stepNumber: row.step_number,
  waitingOn: row.waiting_on,
  deciderOrgId: row.decider_org_id,
  dueOn: row.due_on,
  openedOn: row.opened_on,
  stepOpenedOn: row.step_opened_on,
  closedOn: row.closed_on,
  companions: row.companions,
  version: Number(row.version),
})

export const caseColumns = `id, org_id, member_id, phase, end_reason, stage, step, step_number, waiting_on, decider_org_id,
  due_on::text, opened_on::text, step_opened_on::text, closed_on::text, companions, version`

export type ProjectedCase = {
  id: string
  countyId: string
  state: CaseState
  deciderOrgId: string | null
  dueOn: string | null
  notBefore: string | null
  waitingOn: CaseRow['waitingOn']
}

/** The stage and step shown of a case: the open one, or the last of a case that is closed. */
const shownStep = (state: CaseState) =>
  state.openStep ??
  (Object.keys(state.done) as (keyof CaseState['done'])[]).toSorted((a, b) => stepNumber(b) - stepNumber(a))[0] ??
  'APPLICATION'

export const caseStore = {
  /** Of how many other open cases a person is contact or introducer. */
  async openCasesWith(tx: Tx, memberId: string, apartFrom: string): Promise<number> {
    const [row] = await tx.$queryRaw<{ n: bigint }[]>`
      select app.open_cases_with(${memberId}::uuid, ${apartFrom}::uuid) as n`
    return Number(row?.n ?? 0)
  },

  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<CaseRow[]> {
    const rows = await tx.$queryRawUnsafe<CaseColumns[]>(
      `select ${caseColumns} from development_case where county_id = $1::uuid and id = any ($2::uuid[])`,
      countyId,
      ids,
    )
    return rows.map(toCase)
  },

  async ofMembers(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<CaseRow[]> {
    const rows = await tx.$queryRawUnsafe<CaseColumns[]>(
      `select ${caseColumns} from development_case where county_id = $1::uuid and member_id = any ($2::uuid[]) order by opened_on, id`,
      countyId,
      memberIds,
    )
    return rows.map(toCase)
  },

  /** Whether the open case of a person was opened, or a step of it done or opened again, here and not on paper. */
  async hasOwnSteps(tx: Tx, countyId: string, memberId: string): Promise<boolean> {
    const rows = await tx.$queryRawUnsafe<unknown[]>(
      `select 1 from development_case c join development_fact f on f.case_id = c.id
       where c.county_id = $1::uuid and c.member_id = $2::uuid and c.phase = 'OPEN' and f.type in ('OPENED', 'STEP_DONE', 'STEP_REOPENED') limit 1`,
      countyId,
      memberId,
    )
    return rows.length > 0
  },

  /** The facts of cases, in order; those that the actor may not see are not among them. */
  async factsOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, RecordedFact[]>> {
    const rows = await tx.$queryRawUnsafe<
      {
        case_id: string
        seq: number
        type: string
        on: string
        data: object
        recorded_at: Date
        recorded_by: string | null
      }[]
    >(
      `select case_id, seq, type, happened_on::text as on, data, recorded_at, recorded_by from development_fact
       where county_id = $1::uuid and case_id = any ($2::uuid[]) order by case_id, seq`,
      countyId,
      ids,
    )
    const byCase = Map.groupBy(rows, row => row.case_id)
    return new Map(
      [...byCase].map(([id, facts]) => [
        id,
        facts.map(({ seq, type, on, data, recorded_at, recorded_by }) => ({
          seq,
          fact: { type, on, ...data } as Fact,
          recordedAt: recorded_at,
          recordedBy: recorded_by,
        })),
      ]),
    )
  },

  /** Appends facts and writes what they make of their cases: one statement each, whatever the number of cases. */
  async write(
    tx: Tx,
    cases: readonly (ProjectedCase & { facts: readonly Fact[]; firstSeq: number })[],
    recorded: { at: Date; by: string | null },
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into development_case (id, county_id, org_id, member_id, phase, end_reason, stage, step, step_number, waiting_on,
         decider_org_id, due_on, not_before, opened_on, step_opened_on, closed_on, companions, version)
       select w.id, w.county, w.org, w.member, w.phase, w.reason, w.stage, w.step, w.number, w.waiting, w.decider, w.due, w.not_before, w.opened,
         w.step_opened, w.closed, array(select jsonb_array_elements_text(w.companions)::uuid), w.version
       from jsonb_to_recordset($1::jsonb) as w (id uuid, county uuid, org uuid, member uuid, phase text, reason text, stage text, step text,
         number int, waiting text, decider uuid, due date, not_before date, opened date, step_opened date, closed date, companions jsonb, version bigint)
       on conflict (id) do update set org_id = excluded.org_id, phase = excluded.phase, end_reason = excluded.end_reason, stage = excluded.stage,
         step = excluded.step, step_number = excluded.step_number, waiting_on = excluded.waiting_on, decider_org_id = excluded.decider_org_id,
         due_on = excluded.due_on, not_before = excluded.not_before, step_opened_on = excluded.step_opened_on, closed_on = excluded.closed_on,
         companions = excluded.companions, version = excluded.version`,
      JSON.stringify(
        cases.map(({ id, countyId, state, deciderOrgId, dueOn, notBefore, waitingOn }) => ({
          id,
          county: countyId,
          org: state.orgId,
          member: state.memberId,
          phase: state.phase,
          reason: state.endReason,
          stage: stageOf(shownStep(state)),
          step: shownStep(state),
          number: stepNumber(shownStep(state)),
          waiting: waitingOn,
          decider: deciderOrgId,
          due: dueOn,
          not_before: notBefore,
          opened: state.appliedOn ?? state.knownOn,
          step_opened: state.stepOpenedOn,
          closed: state.closedOn,
          companions: [...new Set([...state.contacts, ...state.introducers])],
          version: state.version,
        })),
      ),
    )
    await tx.$executeRawUnsafe(
      `insert into development_fact (case_id, seq, county_id, org_id, type, happened_on, data, confidential, recorded_at, recorded_by)
       select w.id, w.seq, w.county, w.org, w.type, w.on, w.data, w.confidential, $2::timestamptz, $3::uuid
       from jsonb_to_recordset($1::jsonb) as w (id uuid, seq int, county uuid, org uuid, type text, "on" date, data jsonb, confidential boolean)`,
      JSON.stringify(
        cases.flatMap(({ id, countyId, state, facts, firstSeq }) =>
          facts.map((fact, index) => {
            const { type, on, ...data } = fact
            return {
              id,
              seq: firstSeq + index,
              county: countyId,
              org: state.orgId,
              type,
              on,
              data,
              confidential: isConfidential(fact),
            }
          }),
        ),
      ),
      recorded.at.toISOString(),
      recorded.by,
    )
  },

  /** Open cases of which a step was done with this meeting. */
  async openCasesOn(tx: Tx, countyId: string, meetingId: string): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `select distinct c.id from development_fact f join development_case c on c.id = f.case_id
       where f.county_id = $1::uuid and f.type = 'STEP_DONE' and f.data -> 'evidence' ->> 'meetingId' = $2 and c.phase = 'OPEN'
       order by c.id limit 200`,
      countyId,
      meetingId,
    )
    return rows.map(({ id }) => id)
  },
}
