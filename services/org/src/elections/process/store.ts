import { anyOf, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { electionKinds, isWhole } from '@linghang/rulebook'
import type { Selectable } from 'kysely'
import type { Election } from '../../../prisma/client/tables.ts'
import { sqlOf, type Tx } from '../../work.ts'
import type { ElectionState } from './election.ts'
import type { Fact } from './facts.ts'

const keys = ['id', 'orgId', 'kind', 'phase', 'openedOn', 'plannedOn', 'closedOn', 'version'] as const
type Columns = Pick<Selectable<Election>, (typeof keys)[number]>
export type ElectionRow = Omit<Columns, 'version'> & { version: number }

const toElection = (row: Columns): ElectionRow => ({ ...row, version: Number(row.version) })

const ofCounty = (tx: Tx, countyId: string) => sqlOf(tx).selectFrom('election').where('countyId', '=', countyId)

export const electionStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<ElectionRow[]> {
    const rows = await ofCounty(tx, countyId).select(keys).where('id', '=', anyOf(ids)).execute()
    return rows.map(toElection)
  },

  /** Locks the election until the transaction ends. @returns false where there is none that the actor may change */
  async lock(tx: Tx, countyId: string, id: string): Promise<boolean> {
    const held = await ofCounty(tx, countyId).select('id').where('id', '=', id).forUpdate().executeTakeFirst()
    return held !== undefined
  },

  /** Whether an election of the organisation's committee is under way, or one of its delegates. */
  async isUnderWay(tx: Tx, countyId: string, orgId: string, of: 'COMMITTEE' | 'DELEGATES'): Promise<boolean> {
    const open = ofCounty(tx, countyId)
      .select('id')
      .where('orgId', '=', orgId)
      .where('phase', '=', 'OPEN')
      .where('kind', of === 'DELEGATES' ? '=' : '<>', 'DELEGATES')
    return (await open.limit(1).executeTakeFirst()) !== undefined
  },

  /** The facts of the last election of a whole committee that was seated; null where none was. */
  async lastWhole(tx: Tx, countyId: string, orgId: string): Promise<Fact[] | null> {
    const last = await ofCounty(tx, countyId)
      .select('id')
      .where('orgId', '=', orgId)
      .where('phase', '=', 'DONE')
      .where('kind', 'in', electionKinds.filter(isWhole))
      .orderBy('closedOn', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return (last && (await electionStore.factsOf(tx, countyId, [last.id])).get(last.id)) ?? null
  },

  /** The facts of elections, in their order. */
  async factsOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, Fact[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('electionFact')
      .select(['electionId', 'type', 'happenedOn as on', 'data'])
      .where('countyId', '=', countyId)
      .where('electionId', '=', anyOf(ids))
      .orderBy('electionId')
      .orderBy('seq')
      .execute()
    const byElection = Map.groupBy(rows, row => row.electionId)
    return new Map(
      [...byElection].map(([id, facts]) => [id, facts.map(({ type, on, data }) => ({ type, on, ...data }) as Fact)]),
    )
  },

  /** The first `size` + 1 elections of a stretch of each organisation's, newest first; one statement for all. */
  async atOrganisations(
    tx: Tx,
    countyId: string,
    orgIds: readonly string[],
    stretch: Stretch,
  ): Promise<Map<string, ElectionRow[]>> {
    const found = await stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => ofCounty(tx, countyId).select(keys).where('orgId', '=', orgId),
      stretch,
      { by: ['openedOn', 'id'], descending: true },
    )
    return new Map([...found].map(([orgId, rows]) => [orgId, rows.map(toElection)]))
  },

  async countAtOrganisations(tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('election')
      .select(({ fn, cast }) => ['orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('orgId', '=', anyOf(orgIds))
      .groupBy('orgId')
      .execute()
    return new Map(rows.map(row => [row.orgId, row.count]))
  },

  /** Appends facts, and writes what they make of their election. */
  async write(
    tx: Tx,
    { id, countyId, state, facts, firstSeq }: Written,
    recorded: { at: Date; by: string | null },
  ): Promise<void> {
    const { orgId, kind, phase, openedOn, plannedOn, closedOn } = state
    const now = { phase, plannedOn, closedOn, version: BigInt(state.version) }
    await sqlOf(tx)
      .insertInto('election')
      .values({ ...{ id, countyId, orgId, kind, openedOn }, ...now })
      .onConflict(found => found.column('id').doUpdateSet(now))
      .execute()
    await insertBatch(
      sqlOf(tx),
      'electionFact',
      [
        ...(['electionId', 'seq', 'countyId', 'orgId', 'type', 'happenedOn', 'data'] as const),
        ...(['recordedAt', 'recordedBy'] as const),
      ],
      facts.map(({ type, on: happenedOn, ...data }, i) => ({
        ...{ electionId: id, seq: firstSeq + i, countyId, orgId, type, happenedOn, data },
        ...{ recordedAt: recorded.at, recordedBy: recorded.by },
      })),
    ).execute()
  },
}

type Written = { id: string; countyId: string; state: ElectionState; facts: readonly Fact[]; firstSeq: number }
