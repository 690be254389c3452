import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import type { DuesUse } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import {
  type HeldUntil,
  type Spending,
  type SpendingState,
  type SpendingStep,
  type ToldSpending,
  toldState,
} from './spending.ts'

const keys = [
  ...(['id', 'orgId', 'use', 'receiverOrgId', 'fundId', 'amountFen', 'payee', 'purpose', 'state'] as const),
  ...(['requestedBy', 'requestedByMember'] as const),
  ...(['requestedAt', 'resolutionId', 'meetingId', 'deciderOrgId', 'levelsLeft', 'holdId', 'settledFen'] as const),
  ...(['journalId', 'reversalId', 'basisLostOn', 'reason', 'changedAt', 'version'] as const),
]
export type SpendingFilter = {
  below: boolean
  states: readonly SpendingState[] | null
  uses: readonly DuesUse[] | null
  toLookAt: boolean
}
export type NewStep = SpendingStep & { takenBy: string | null }

const stepsShown = 100

/** Requests with how long money is held for them. */
const told = (tx: Tx) =>
  sqlOf(tx)
    .selectFrom('duesSpending')
    .leftJoin('ledgerHold', 'ledgerHold.id', 'duesSpending.holdId')
    .leftJoin('ledgerHoldEnd', 'ledgerHoldEnd.holdId', 'duesSpending.holdId')
    .select(keys.map(key => `duesSpending.${key}` as const))
    .select(['ledgerHold.lapsesOn', 'ledgerHoldEnd.how as endedHow'])
type Row = Omit<Spending, 'version'> & { version: bigint } & HeldUntil
const toldOf = ({ lapsesOn, endedHow, ...row }: Row, today: string): ToldSpending => ({
  ...row,
  state: toldState(row.state, { lapsesOn, endedHow }, today),
  version: Number(row.version),
})

/** How a request is told, in the words of the database: the same rule as `toldState`. */
const stateTold = (today: string) =>
  sql<string>`case when dues_spending.state = 'APPROVED' and (ledger_hold_end.how is not distinct from 'LAPSED'
    or ledger_hold.lapses_on < ${today}::date) then 'LAPSED' else dues_spending.state end`

const listAt = (tx: Tx, orgId: RawBuilder<string>, { below, states, uses, toLookAt }: SpendingFilter, today: string) =>
  told(tx)
    .where(
      'duesSpending.orgId',
      '=',
      below ? sql<string>`any (app.orgs_under('{' || ${orgId} || '}'))` : sql<string>`${orgId}`,
    )
    .$if(states !== null, found => found.where(stateTold(today), '=', anyOf(states ?? [], 'text')))
    .$if(toLookAt, found => found.where('duesSpending.basisLostOn', 'is not', null))
    .$if(uses !== null, found => found.where('duesSpending.use', '=', anyOf(uses ?? [], 'text')))

export const spendingStore = {
  async insert(tx: Tx, countyId: string, { version, ...spending }: Spending): Promise<void> {
    await sqlOf(tx)
      .insertInto('duesSpending')
      .values({ ...spending, countyId, version: BigInt(version) })
      .execute()
  },

  /** Requests, held until the transaction ends, in the order of their ids. */
  async lock(tx: Tx, countyId: string, ids: readonly string[], today: string): Promise<ToldSpending[]> {
    await sqlOf(tx)
      .selectFrom('duesSpending')
      .select('id')
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .orderBy('id')
      .forUpdate()
      .execute()
    return this.byIds(tx, countyId, ids, today)
  },

  async update(
    tx: Tx,
    { id, version, ...changed }: Partial<Spending> & { id: string; version: number },
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('duesSpending')
      .set({ ...changed, version: BigInt(version) })
      .where('id', '=', id)
      .execute()
  },

  async addStep(tx: Tx, countyId: string, spending: { id: string; orgId: string; version: number }, step: NewStep) {
    const { id, orgId, version } = spending
    await sqlOf(tx)
      .insertInto('duesSpendingStep')
      .values({ ...step, spendingId: id, n: BigInt(version), countyId, orgId })
      .execute()
  },

  async byIds(tx: Tx, countyId: string, ids: readonly string[], today: string): Promise<ToldSpending[]> {
    const rows = await told(tx)
      .where('duesSpending.countyId', '=', countyId)
      .where('duesSpending.id', '=', anyOf(ids))
      .execute()
    return rows.map(row => toldOf(row, today))
  },

  /** What has been done with each request, the first first; a hundred at most. */
  async stepsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, (SpendingStep & { n: bigint })[]>> {
    return stretchUnder(
      sqlOf(tx),
      ids,
      id =>
        sqlOf(tx)
          .selectFrom('duesSpendingStep')
          .select(['kind', 'atOrgId', 'takenAt', 'reason', 'n'])
          .where('spendingId', '=', id),
      { size: stepsShown - 1, from: null, backwards: false },
      { by: ['n'] },
    )
  },

  /** The `size` + 1 requests of a stretch of each organisation's, the newest first; one statement for all. */
  async listIn(
    tx: Tx,
    orgIds: readonly string[],
    { filter, stretch, today }: { filter: SpendingFilter; stretch: Stretch; today: string },
  ): Promise<Map<string, ToldSpending[]>> {
    const found = await stretchUnder(sqlOf(tx), orgIds, orgId => listAt(tx, orgId, filter, today), stretch, {
      ...{ by: ['id'], descending: true },
    })
    return new Map([...found].map(([orgId, rows]) => [orgId, rows.map(row => toldOf(row, today))]))
  },

  countIn: (tx: Tx, orgIds: readonly string[], filter: SpendingFilter, today: string): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId => listAt(tx, orgId, filter, today)),

  /** Whom an organisation stands under; null for one that nobody is above. */
  async superiorOf(tx: Tx, countyId: string, orgId: string): Promise<string | null> {
    const found = await sqlOf(tx)
      .selectFrom('orgNode')
      .select('superiorId')
      .where('countyId', '=', countyId)
      .where('id', '=', orgId)
      .executeTakeFirst()
    return found?.superiorId ?? null
  },
}
