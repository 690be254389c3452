import { anyOf, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { type AccountKind, outsideCodes, type RealAccount, transitCodes, type VirtualAccount } from './account.ts'

export type NewRealAccount = RealAccount & { countyId: string; bankNumberSealed: Uint8Array }

const realKeys = [...(['id', 'orgId', 'bank', 'bankDigits', 'openedOn'] as const)]

/** What stands beside a real account from its first day. */
const besides: readonly { kind: AccountKind; code: string | null }[] = [
  ...outsideCodes.map(code => ({ kind: 'OUTSIDE' as const, code })),
  ...transitCodes.map(code => ({ kind: 'TRANSIT' as const, code })),
  { kind: 'ELSEWHERE', code: null },
]

async function openBalances(tx: Tx, countyId: string): Promise<void> {
  await sql`insert into ledger_balance (account_id, county_id, org_id, kind)
    select a.id, a.county_id, a.org_id, a.kind from ledger_account a
    where a.county_id = ${countyId}::uuid and not exists (select from ledger_balance b where b.account_id = a.id)`.execute(
    sqlOf(tx),
  )
}

export const accountStore = {
  /** One after the other in a county: which account is nearest must not change while accounts are opened under it. */
  async lockTree(tx: Tx, countyId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger/${countyId}`}, 0))::text`.execute(sqlOf(tx))
  },

  organisation: (
    tx: Tx,
    countyId: string,
    id: string,
  ): Promise<{ code: string; name: string; kind: string } | undefined> =>
    sqlOf(tx)
      .selectFrom('orgNode')
      .select(['code', 'name', 'kind'])
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .executeTakeFirst(),

  async insertReal(tx: Tx, account: NewRealAccount, newId: () => string): Promise<void> {
    const { id, countyId, orgId, openedOn } = account
    await sqlOf(tx)
      .insertInto('ledgerAccount')
      .values({ ...account, kind: 'REAL', keeperId: id })
      .execute()
    const rows = besides.map(beside => ({ ...beside, id: newId(), countyId, orgId, keeperId: id, openedOn }))
    const keys = ['id', 'countyId', 'orgId', 'kind', 'keeperId', 'code', 'openedOn'] as const
    await insertBatch(sqlOf(tx), 'ledgerAccount', keys, rows).execute()
    await openBalances(tx, countyId)
  },

  /**
   * A virtual account, under the real one that is nearest above, for each of these organisations and all below them. Whoever
   * had another keeps it besides. Three statements, whatever their number; none below an organisation without any.
   */
  async openVirtual(tx: Tx, countyId: string, orgIds: readonly string[], today: string): Promise<void> {
    if (orgIds.length === 0 || !(await this.hasReal(tx, countyId))) return
    const nearest = sql`
      select distinct n.id as org_id, n.county_id, keeper.id as keeper_id
      from org_node top join org_node n on n.path <@ top.path
      cross join lateral (
        select a.id from org_node above join ledger_account a on a.org_id = above.id and a.kind = 'REAL'
        where above.path @> n.path order by nlevel(above.path) desc limit 1) keeper
      where top.id = any (${orgIds}::uuid[]) and top.county_id = ${countyId}::uuid`
    await sql`update ledger_account v set nearest = false from (${nearest}) as found
      where v.kind = 'VIRTUAL' and v.org_id = found.org_id and v.keeper_id <> found.keeper_id and v.nearest`.execute(
      sqlOf(tx),
    )
    await sql`insert into ledger_account (id, county_id, org_id, kind, keeper_id, opened_on, nearest)
      select uuidv7(), county_id, org_id, 'VIRTUAL', keeper_id, ${today}::date, true from (${nearest}) as found
      on conflict (keeper_id, org_id) where kind = 'VIRTUAL' do update set nearest = true where not ledger_account.nearest`.execute(
      sqlOf(tx),
    )
    await openBalances(tx, countyId)
  },

  /** What stands beside a real account: of a kind and, where it has one, a code. */
  async placesOf(tx: Tx, keeperId: string): Promise<(kind: AccountKind, code?: string) => string> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerAccount')
      .select(['id', 'kind', 'code'])
      .where('keeperId', '=', keeperId)
      .where('kind', 'in', ['OUTSIDE', 'TRANSIT', 'ELSEWHERE'])
      .execute()
    return (kind, code) => {
      const found = rows.find(row => row.kind === kind && row.code === (code ?? null))
      if (!found) throw new Error(`no ${kind} ${code ?? ''} beside an account`)
      return found.id
    }
  },

  async hasReal(tx: Tx, countyId: string): Promise<boolean> {
    const real = sqlOf(tx).selectFrom('ledgerAccount').select('id').where('countyId', '=', countyId)
    return (await real.where('kind', '=', 'REAL').limit(1).executeTakeFirst()) !== undefined
  },

  /** Who at or below an organisation has money under an account that is not below it; the greatest first, 1 at most. */
  async moneyElsewhere(tx: Tx, orgId: string): Promise<{ code: string; balanceFen: bigint } | null> {
    const { rows } = await sql<{ code: string; balanceFen: bigint }>`
      select n.code, b.balance_fen
      from org_node top join org_node n on n.path <@ top.path
      join ledger_account v on v.org_id = n.id and v.kind in ('VIRTUAL', 'EARMARKED')
      join ledger_balance b on b.account_id = v.id and b.balance_fen > 0
      join ledger_account keeper on keeper.id = v.keeper_id join org_node k on k.id = keeper.org_id
      where top.id = ${orgId}::uuid and not k.path <@ top.path
      order by b.balance_fen desc limit 1`.execute(sqlOf(tx))
    return rows[0] ?? null
  },

  /** What stands outside of a real account for one use, opened when it is first needed. */
  async openOutside(tx: Tx, countyId: string, keeper: RealAccount, code: string, id: string): Promise<void> {
    await sql`insert into ledger_account (id, county_id, org_id, kind, keeper_id, code, opened_on)
      values (${id}::uuid, ${countyId}::uuid, ${keeper.orgId}::uuid, 'OUTSIDE', ${keeper.id}::uuid, ${code}, ${keeper.openedOn}::date)
      on conflict (keeper_id, kind, code) where kind in ('OUTSIDE', 'TRANSIT', 'ELSEWHERE') do nothing`.execute(
      sqlOf(tx),
    )
    await openBalances(tx, countyId)
  },

  realByIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<RealAccount[]> =>
    sqlOf(tx)
      .selectFrom('ledgerAccount')
      .select(realKeys)
      .where('countyId', '=', countyId)
      .where('kind', '=', 'REAL')
      .where('id', '=', anyOf(ids))
      .$narrowType<RealAccount>()
      .execute(),

  /** Whose an account of an organisation is, and whose the one at the bank in which it lies. */
  limitable: (tx: Tx, countyId: string, id: string): Promise<{ orgId: string; keeperOrgId: string } | undefined> =>
    sqlOf(tx)
      .selectFrom('ledgerAccount')
      .innerJoin('ledgerAccount as keeper', 'keeper.id', 'ledgerAccount.keeperId')
      .select(['ledgerAccount.orgId', 'keeper.orgId as keeperOrgId'])
      .where('ledgerAccount.countyId', '=', countyId)
      .where('ledgerAccount.kind', '=', 'VIRTUAL')
      .where('ledgerAccount.id', '=', id)
      .executeTakeFirst(),

  /** What an organisation has, where it lies, and what stands beside that; one statement, since every posting asks it. */
  async booksOf(tx: Tx, countyId: string, orgId: string, outsideCode: string) {
    const { rows } = await sql<{
      code: string
      accountId: string | null
      keeper: RealAccount | null
      outside: string
      elsewhere: string
    }>`
      select n.code, v.id as account_id, o.id as outside, w.id as elsewhere,
        case when k.id is not null then jsonb_build_object('id', k.id, 'orgId', k.org_id, 'bank', k.bank,
          'bankDigits', k.bank_digits, 'openedOn', k.opened_on) end as keeper
      from org_node n
      left join ledger_account v on v.org_id = n.id and v.nearest
      left join ledger_account k on k.id = v.keeper_id
      left join ledger_account o on o.keeper_id = k.id and o.kind = 'OUTSIDE' and o.code = ${outsideCode}
      left join ledger_account w on w.keeper_id = k.id and w.kind = 'ELSEWHERE'
      where n.county_id = ${countyId}::uuid and n.id = ${orgId}::uuid`.execute(sqlOf(tx))
    const [found] = rows
    if (!found) return null
    const { accountId, keeper, ...rest } = found
    return { ...rest, keeper, account: accountId && keeper ? { id: accountId, orgId, keeperId: keeper.id } : null }
  },

  virtualByIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<VirtualAccount[]> =>
    sqlOf(tx)
      .selectFrom('ledgerAccount')
      .select(['id', 'orgId', 'keeperId'])
      .where('countyId', '=', countyId)
      .where('kind', '=', 'VIRTUAL')
      .where('id', '=', anyOf(ids))
      .execute(),

  /** What each organisation has under the real account that is nearest above it. */
  async virtualOf(tx: Tx, orgIds: readonly string[]): Promise<Map<string, VirtualAccount>> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerAccount')
      .select(['id', 'orgId', 'keeperId'])
      .where('nearest', '=', true)
      .where('orgId', '=', anyOf(orgIds))
      .execute()
    return new Map(rows.map(row => [row.orgId, row]))
  },

  async realOf(tx: Tx, orgIds: readonly string[]): Promise<Map<string, RealAccount>> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerAccount')
      .select(realKeys)
      .where('kind', '=', 'REAL')
      .where('orgId', '=', anyOf(orgIds))
      .$narrowType<RealAccount>()
      .execute()
    return new Map(rows.map(row => [row.orgId, row]))
  },
}
