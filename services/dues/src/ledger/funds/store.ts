import { anyOf } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Fund } from '../accounts/fund.ts'

const told = (tx: Tx) =>
  sqlOf(tx)
    .selectFrom('ledgerFund')
    .innerJoin('ledgerAccount', 'ledgerAccount.id', 'ledgerFund.accountId')
    .select([
      ...(['ledgerFund.accountId as id', 'ledgerFund.orgId', 'ledgerFund.keeperId', 'ledgerFund.name'] as const),
      ...(['ledgerFund.purpose', 'ledgerAccount.openedOn'] as const),
    ])

export const fundStore = {
  /** The account, its balance of nothing, and what it is for. */
  async insert(
    tx: Tx,
    { id, openedOn, ...fund }: Fund & { countyId: string; openedAt: Date; openedBy: string | null },
  ): Promise<void> {
    const { countyId, orgId, keeperId } = fund
    const kind = 'EARMARKED' as const
    await sqlOf(tx).insertInto('ledgerAccount').values({ id, countyId, orgId, kind, keeperId, openedOn }).execute()
    await sqlOf(tx).insertInto('ledgerBalance').values({ accountId: id, countyId, orgId, kind }).execute()
    await sqlOf(tx)
      .insertInto('ledgerFund')
      .values({ ...fund, accountId: id })
      .execute()
  },

  /** Until the transaction ends nobody else opens one for the centre under this account. */
  async holdNames(tx: Tx, keeperId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger-fund/${keeperId}`}, 0))::text`.execute(sqlOf(tx))
  },

  toCentre: (tx: Tx, { id, orgId }: { id: string; orgId: string }): Promise<Fund | undefined> =>
    told(tx)
      .where('ledgerFund.keeperId', '=', id)
      .where('ledgerFund.orgId', '=', orgId)
      .where('ledgerFund.purpose', '=', 'TO_CENTRE')
      .executeTakeFirst(),

  /** How many an organisation has under a real account, other than that for the centre. */
  async count(tx: Tx, keeperId: string, orgId: string): Promise<number> {
    const { n } = await sqlOf(tx)
      .selectFrom('ledgerFund')
      .select(({ fn }) => fn.countAll().as('n'))
      .where('keeperId', '=', keeperId)
      .where('orgId', '=', orgId)
      .where('purpose', '<>', 'TO_CENTRE')
      .executeTakeFirstOrThrow()
    return Number(n)
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Fund[]> =>
    told(tx).where('ledgerFund.countyId', '=', countyId).where('ledgerFund.accountId', '=', anyOf(ids)).execute(),

  /** Of organisations' accounts the funds that lie beside them; the oldest first. */
  async beside(tx: Tx, accountIds: readonly string[]): Promise<Map<string, Fund[]>> {
    const rows = await told(tx)
      .innerJoin('ledgerAccount as own', join =>
        join.onRef('own.keeperId', '=', 'ledgerFund.keeperId').onRef('own.orgId', '=', 'ledgerFund.orgId'),
      )
      .select('own.id as besideId')
      .where('own.kind', '=', 'VIRTUAL')
      .where('own.id', '=', anyOf(accountIds))
      .orderBy('ledgerFund.accountId')
      .execute()
    const funds = Map.groupBy(rows, ({ besideId }) => besideId)
    return new Map([...funds].map(([id, found]) => [id, found.map(({ besideId: _beside, ...fund }) => fund)]))
  },
}
