import { anyOf, excluded, insertBatch } from '@linghang/database'
import { stageOf, stepNumber } from '@linghang/rulebook'
import { sql } from 'kysely'
import { type Row, sqlOf, type Tx } from '../../work.ts'
import type { CaseState } from './case.ts'
import { type Fact, isConfidential } from './facts.ts'

const changing = [
  ...(['orgId', 'phase', 'endReason', 'stage', 'step', 'stepNumber', 'waitingOn', 'deciderOrgId', 'dueOn'] as const),
  ...(['stepOpenedOn', 'closedOn', 'companions', 'version'] as const),
]
/** What a `CaseRow` is made of, by `toCase`. */
export const caseKeys = ['id', 'memberId', 'openedOn', ...changing] as const

type Columns = Row<'developmentCase', (typeof caseKeys)[number]>
export type CaseRow = Omit<Columns, 'version'> & { version: number }

export type RecordedFact = { seq: number; fact: Fact; recordedAt: Date; recordedBy: string | null }

export const toCase = (row: Columns): CaseRow => ({ ...row, version: Number(row.version) })

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

const ofCounty = (tx: Tx, countyId: string) =>
  sqlOf(tx).selectFrom('developmentCase').select(caseKeys).where('countyId', '=', countyId)

export const caseStore = {
  /** Of how many other open cases a person is contact or introducer. */
  async openCasesWith(tx: Tx, memberId: string, apartFrom: string): Promise<number> {
    const { rows } = await sql<{ n: bigint }>`
      select app.open_cases_with(${memberId}::uuid, ${apartFrom}::uuid) as n`.execute(sqlOf(tx))
    return Number(rows[0]?.n ?? 0)
  },

  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<CaseRow[]> {
    const rows = await ofCounty(tx, countyId).where('id', '=', anyOf(ids)).execute()
    return rows.map(toCase)
  },

  async ofMembers(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<CaseRow[]> {
    const rows = await ofCounty(tx, countyId)
      .where('memberId', '=', anyOf(memberIds))
      .orderBy('openedOn')
      .orderBy('id')
      .execute()
    return rows.map(toCase)
  },

  /** Whether the open case of a person was opened, or a step of it done or opened again, here and not on paper. */
  async hasOwnSteps(tx: Tx, countyId: string, memberId: string): Promise<boolean> {
    const found = await sqlOf(tx)
      .selectFrom('developmentCase as kase')
      .innerJoin('developmentFact as fact', 'fact.caseId', 'kase.id')
      .select('kase.id')
      .where('kase.countyId', '=', countyId)
      .where('kase.memberId', '=', memberId)
      .where('kase.phase', '=', 'OPEN')
      .where('fact.type', 'in', ['OPENED', 'STEP_DONE', 'STEP_REOPENED'])
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  },

  /** The facts of cases, in order; those that the actor may not see are not among them. */
  async factsOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, RecordedFact[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('developmentFact')
      .select(['caseId', 'seq', 'type', 'happenedOn as on', 'data', 'recordedAt', 'recordedBy'])
      .where('countyId', '=', countyId)
      .where('caseId', '=', anyOf(ids))
      .orderBy('caseId')
      .orderBy('seq')
      .execute()
    const byCase = Map.groupBy(rows, row => row.caseId)
    return new Map(
      [...byCase].map(([id, facts]) => [
        id,
        facts.map(({ type, on, data, seq, recordedAt, recordedBy }) => ({
          ...{ seq, recordedAt, recordedBy },
          fact: { type, on, ...data } as Fact,
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
    await insertBatch(
      sqlOf(tx),
      'developmentCase',
      ['id', 'countyId', 'memberId', 'openedOn', 'notBefore', ...changing],
      cases.map(({ state, facts: _, firstSeq: __, ...projected }) => ({
        ...projected,
        orgId: state.orgId,
        memberId: state.memberId,
        phase: state.phase,
        endReason: state.endReason,
        stage: stageOf(shownStep(state)),
        step: shownStep(state),
        stepNumber: stepNumber(shownStep(state)),
        openedOn: state.appliedOn ?? state.knownOn,
        stepOpenedOn: state.stepOpenedOn,
        closedOn: state.closedOn,
        companions: [...new Set([...state.contacts, ...state.introducers])],
        version: BigInt(state.version),
      })),
    )
      .onConflict(found => found.column('id').doUpdateSet(excluded([...changing, 'notBefore'])))
      .execute()
    await insertBatch(
      sqlOf(tx),
      'developmentFact',
      [
        ...(['caseId', 'seq', 'countyId', 'orgId', 'type', 'happenedOn', 'data', 'confidential'] as const),
        ...(['recordedAt', 'recordedBy'] as const),
      ],
      cases.flatMap(({ id: caseId, countyId, state: { orgId }, facts, firstSeq }) =>
        facts.map((fact, index) => {
          const { type, on: happenedOn, ...data } = fact
          return {
            ...{ caseId, seq: firstSeq + index, countyId, orgId, type, happenedOn, data },
            ...{ confidential: isConfidential(fact), recordedAt: recorded.at, recordedBy: recorded.by },
          }
        }),
      ),
    ).execute()
  },

  /** Open cases of which a step was done with this meeting. */
  async openCasesOn(tx: Tx, countyId: string, meetingId: string): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('developmentFact as fact')
      .innerJoin('developmentCase as kase', 'kase.id', 'fact.caseId')
      .select('kase.id')
      .distinct()
      .where('fact.countyId', '=', countyId)
      .where('fact.type', '=', sql.lit('STEP_DONE'))
      .where(sql`fact.data -> 'evidence' ->> 'meetingId'`, '=', meetingId)
      .where('kase.phase', '=', 'OPEN')
      .orderBy('kase.id')
      .limit(200)
      .execute()
    return rows.map(({ id }) => id)
  },
}
