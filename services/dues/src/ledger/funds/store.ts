import { anyOf } from '@linghang/database'
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

  /** How many an organisation has under a real account. */
  async count(tx: Tx, keeperId: string, orgId: string): Promise<number> {
    const { n } = await sqlOf(tx)
      .selectFrom('ledgerFund')
      .select(({ fn }) => fn.countAll().as('n'))
      .where('keeperId', '=', keeperId)
      .where('orgId', '=', orgId)
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
