import { anyOf, countUnder, type Stretch, sqlStateOf, stretchUnder } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Waiver, WaiverState } from './waiver.ts'

const table = 'duesWaiver'
const keys = [
  ...([
    'id',
    'orgId',
    'memberId',
    'fromMonth',
    'toMonth',
    'askedToMonth',
    'partFen',
    'studiedOn',
    'studyNumber',
  ] as const),
  ...(['state', 'requestedOn', 'requestedBy', 'decidedOn', 'committeeId', 'endedOn', 'version'] as const),
]
type Row = Omit<Waiver, 'version'> & { version: bigint }
const toWaiver = (row: Row): Waiver => ({ ...row, version: Number(row.version) })

/** SQLSTATE of an exclusion constraint that was met. */
const excluded = '23P01'
/** How many of a member's waivers are shown; a year's length each, they are a life's. */
const shownAtMost = 50

const waiversAt = (tx: Tx, orgId: RawBuilder<string>, states: readonly WaiverState[] | null) =>
  sqlOf(tx)
    .selectFrom(table)
    .select(keys)
    .where('orgId', '=', sql<string>`any (app.orgs_under('{' || ${orgId} || '}'))`)
    .$if(states !== null, found => found.where('state', '=', anyOf(states ?? [], 'text')))

export const waiverStore = {
  /** @param refuse what is thrown where one of the months is waived already, or asked for: a constraint decides */
  async insert(
    tx: Tx,
    waiver: Waiver & { countyId: string; hardshipSealed: Uint8Array },
    refuse: () => never,
  ): Promise<void> {
    await sqlOf(tx)
      .insertInto(table)
      .values({ ...waiver, version: BigInt(waiver.version) })
      .execute()
      .catch(error => {
        if (sqlStateOf(error) === excluded) return refuse()
        throw error
      })
  },

  async hold(tx: Tx, countyId: string, id: string): Promise<Waiver | undefined> {
    const found = await sqlOf(tx)
      .selectFrom(table)
      .select(keys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    return found && toWaiver(found)
  },

  async decide(tx: Tx, waiver: Waiver, decidedBy: string | null): Promise<void> {
    const { id, state, decidedOn, committeeId, version } = waiver
    await sqlOf(tx)
      .updateTable(table)
      .set({ state, decidedOn, decidedBy, committeeId, version: BigInt(version) })
      .where('id', '=', id)
      .execute()
  },

  async end(tx: Tx, { id, toMonth, endedOn, version }: Waiver): Promise<void> {
    await sqlOf(tx)
      .updateTable(table)
      .set({ toMonth, endedOn, version: BigInt(version) })
      .where('id', '=', id)
      .execute()
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Waiver[]> =>
    sqlOf(tx)
      .selectFrom(table)
      .select(keys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
      .then(rows => rows.map(toWaiver)),

  /** Each member's, the newest first. */
  async ofMembers(tx: Tx, memberIds: readonly string[]): Promise<Waiver[]> {
    const listOf = (memberId: RawBuilder<string>) =>
      sqlOf(tx).selectFrom(table).select(keys).where('memberId', '=', memberId)
    const stretch: Stretch = { size: shownAtMost - 1, from: null, backwards: false }
    const found = await stretchUnder(sqlOf(tx), memberIds, listOf, stretch, { by: ['id'], descending: true })
    return [...found.values()].flat().map(toWaiver)
  },

  async inOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    states: readonly WaiverState[] | null,
    stretch: Stretch,
  ): Promise<Map<string, Waiver[]>> {
    const listOf = (orgId: RawBuilder<string>) => waiversAt(tx, orgId, states)
    const found = await stretchUnder(sqlOf(tx), orgIds, listOf, stretch, { by: ['id'], descending: true })
    return new Map([...found].map(([orgId, rows]) => [orgId, rows.map(toWaiver)]))
  },
  countInOrganisations: (
    tx: Tx,
    orgIds: readonly string[],
    states: readonly WaiverState[] | null,
  ): Promise<Map<string, number>> => countUnder(sqlOf(tx), orgIds, orgId => waiversAt(tx, orgId, states)),

  async grounds(tx: Tx, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .select(['id', 'hardshipSealed'])
      .where('id', '=', anyOf(ids))
      .execute()
    return new Map(rows.map(({ id, hardshipSealed }) => [id, hardshipSealed]))
  },

  /** The approved one that is in force in a month, by person. */
  async inForce(
    tx: Tx,
    memberIds: readonly string[],
    month: string,
  ): Promise<Map<string, { waiverId: string; partFen: bigint | null }>> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .select(['memberId', 'id as waiverId', 'partFen'])
      .where('memberId', '=', anyOf(memberIds))
      .where('state', '=', 'APPROVED')
      .where('fromMonth', '<=', month)
      .where('toMonth', '>=', month)
      .execute()
    return new Map(rows.map(({ memberId, ...waived }) => [memberId, waived]))
  },
}
