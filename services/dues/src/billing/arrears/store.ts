import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { matterAfter } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx, type Work } from '../../work.ts'
import type { Arrears, ArrearsStep } from './arrears.ts'

const arrearsKeys = [
  ...(['id', 'memberId', 'orgId', 'sinceMonth', 'months', 'openedOn', 'matterOn', 'closedOn', 'version'] as const),
]
const told = sql`a.id, a.member_id, a.org_id, a.since_month, a.months, a.opened_on, a.matter_on, a.closed_on, a.version`
export type SealedStep = Omit<ArrearsStep, 'reason'> & { arrearsId: string; reasonSealed: Uint8Array }

const openIn = (tx: Tx, orgId: string | ReturnType<typeof sql<string>>, leastMonths: number) =>
  sqlOf(tx)
    .selectFrom('duesArrears')
    .select(arrearsKeys)
    .where('orgId', '=', orgId)
    .where('closedOn', 'is', null)
    .where('months', '>=', leastMonths)

export const arrearsStore = {
  /**
   * Whoever follows all of a county waits for those who follow a few members, and they for it: each holds what it has
   * written until its transaction ends, in an order of its own.
   */
  async holdFollowing({ tx, actor }: Work, memberIds: readonly string[] | null): Promise<void> {
    const key = sql`hashtextextended(${`dues-arrears/${actor.countyId}`}, 0)`
    const held = memberIds === null ? sql`pg_advisory_xact_lock(${key})` : sql`pg_advisory_xact_lock_shared(${key})`
    await sql`select ${held}::text`.execute(sqlOf(tx))
  },

  /**
   * Brings arrears up to the bills of the months that are over, of these members or of the whole county: two statements,
   * whatever their number. The month of the oldest open bill, and as many months as are open.
   * @returns those that have changed
   */
  async follow(work: Work, memberIds: readonly string[] | null): Promise<Arrears[]> {
    const { tx, actor, today } = work
    await arrearsStore.holdFollowing(work, memberIds)
    const ours = sql`county_id = ${actor.countyId}::uuid and (${memberIds}::uuid[] is null or member_id = any (${memberIds}::uuid[]))`
    const month = `${today.slice(0, 7)}-01`
    const open = sql`
      select member_id, min(month) as since_month, count(*)::int as months, (array_agg(org_id order by month desc))[1] as org_id
      from dues_bill where ${ours} and settled_on is null and month < ${month}::date group by member_id`
    const closed =
      await sql<Arrears>`update dues_arrears a set months = 0, closed_on = ${today}::date, version = a.version + 1
      where ${ours} and a.closed_on is null and not exists (select from (${open}) o where o.member_id = a.member_id)
      returning ${told}`.execute(sqlOf(tx))
    const changed = await sql<Arrears>`
      insert into dues_arrears as a (id, county_id, org_id, member_id, since_month, months, opened_on, matter_on)
      select uuidv7(), ${actor.countyId}::uuid, o.org_id, o.member_id, o.since_month, o.months, ${today}::date,
        case when o.months >= ${matterAfter} then ${today}::date end
      from (${open}) o order by o.member_id
      on conflict (member_id) where closed_on is null do update
        set months = excluded.months, since_month = excluded.since_month, org_id = excluded.org_id, version = a.version + 1,
          matter_on = coalesce(a.matter_on, excluded.matter_on)
        where (a.months, a.since_month, a.org_id) is distinct from (excluded.months, excluded.since_month, excluded.org_id)
      returning ${told}`.execute(sqlOf(tx))
    return [...closed.rows, ...changed.rows]
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Arrears[]> =>
    sqlOf(tx)
      .selectFrom('duesArrears')
      .select(arrearsKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  hold: (tx: Tx, countyId: string, id: string): Promise<Arrears | undefined> =>
    sqlOf(tx)
      .selectFrom('duesArrears')
      .select(arrearsKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),

  /** Those of each member that have not ended. */
  async openOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, Arrears>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesArrears')
      .select(arrearsKeys)
      .where('memberId', '=', anyOf(memberIds))
      .where('closedOn', 'is', null)
      .execute()
    return new Map(rows.map(row => [row.memberId, row]))
  },

  inOrganisations: (
    tx: Tx,
    orgIds: readonly string[],
    leastMonths: number,
    stretch: Stretch,
  ): Promise<Map<string, Arrears[]>> =>
    stretchUnder(sqlOf(tx), orgIds, orgId => openIn(tx, orgId, leastMonths), stretch, { by: ['memberId'] }),
  countIn: (tx: Tx, orgIds: readonly string[], leastMonths: number): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId => openIn(tx, orgId, leastMonths)),

  /** How many members of each organisation and all below it have not paid for how many months; one statement for all. */
  async countsBelow(tx: Tx, orgIds: readonly string[]): Promise<Map<string, { months: number; members: number }[]>> {
    const { rows } = await sql<{ orgId: string; months: number; members: number }>`
      select top.id as org_id, a.months, count(*)::int as members
      from org_node top join org_node n on n.path <@ top.path
      join dues_arrears a on a.org_id = n.id and a.closed_on is null
      where top.id = any (${orgIds}::uuid[]) group by top.id, a.months order by a.months`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ orgId }) => orgId)
  },

  /** A member's, the newest first; ten at most. */
  async ofMembers(tx: Tx, memberIds: readonly string[]): Promise<Map<string, Arrears[]>> {
    return stretchUnder(
      sqlOf(tx),
      memberIds,
      memberId => sqlOf(tx).selectFrom('duesArrears').select(arrearsKeys).where('memberId', '=', memberId),
      { size: 9, from: null, backwards: false },
      { by: ['id'], descending: true },
    )
  },

  async insertStep(
    { tx, actor, now }: Work,
    { id, orgId, memberId }: Arrears,
    step: Omit<SealedStep, 'n' | 'arrearsId'>,
  ): Promise<void> {
    const { n } = await sqlOf(tx)
      .selectFrom('duesArrearsStep')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where('arrearsId', '=', id)
      .executeTakeFirstOrThrow()
    const recorded = { recordedBy: actor.accountId, recordedAt: now, countyId: actor.countyId }
    await sqlOf(tx)
      .insertInto('duesArrearsStep')
      .values({ ...step, ...recorded, arrearsId: id, orgId, memberId, n: Number(n) + 1 })
      .execute()
  },

  async stepsOf(tx: Tx, ids: readonly string[]): Promise<SealedStep[]> {
    return sqlOf(tx)
      .selectFrom('duesArrearsStep')
      .select(['arrearsId', 'n', 'kind', 'heldOn', 'goodReason', 'outcome', 'recordNumber', 'reasonSealed'])
      .where('arrearsId', '=', anyOf(ids))
      .orderBy('arrearsId')
      .orderBy('n')
      .execute()
  },
}
