import type { RawTx } from '@linghang/access'
import { type Stretch, walkOf } from '@linghang/subgraph'
import type { Delegation } from './delegation.ts'

const columns = `id, org_id as "orgId", roles, by_account_id as "byAccountId", to_account_id as "toAccountId", from_on::text as "from",
  until_on::text as "until", reason, ended_at as "endedAt"`

export const delegationStore = {
  async insert(tx: RawTx, countyId: string, delegation: Omit<Delegation, 'endedAt'>, now: Date): Promise<void> {
    const { id, orgId, roles, byAccountId, toAccountId, from, until, reason } = delegation
    await tx.$executeRawUnsafe(
      `insert into delegation (id, county_id, org_id, roles, by_account_id, to_account_id, from_on, until_on, reason, created_at)
       values ($1::uuid, $2::uuid, $3::uuid, $4::text[], $5::uuid, $6::uuid, $7::date, $8::date, $9, $10::timestamptz)`,
      ...[id, countyId, orgId, roles, byAccountId, toAccountId, from, until, reason, now],
    )
  },

  async byIds(tx: RawTx, countyId: string, ids: readonly string[]): Promise<Delegation[]> {
    return tx.$queryRawUnsafe<Delegation[]>(
      `select ${columns} from delegation where county_id = $1::uuid and id = any ($2::uuid[])`,
      countyId,
      ids,
    )
  },

  /** The `size` + 1 of a stretch of those at an organisation, the newest first. */
  async at(tx: RawTx, orgId: string, stretch: Stretch): Promise<Delegation[]> {
    const { past, order } = walkOf(stretch, true)
    return tx.$queryRawUnsafe<Delegation[]>(
      `select ${columns} from delegation where org_id = $1::uuid and ($2::uuid is null or id ${past} $2::uuid) order by id ${order} limit $3::int`,
      orgId,
      stretch.from?.[0] ?? null,
      stretch.size + 1,
    )
  },

  async countAt(tx: RawTx, orgId: string): Promise<number> {
    const [row] = await tx.$queryRawUnsafe<{ n: bigint }[]>(
      'select count(*) as n from delegation where org_id = $1::uuid',
      orgId,
    )
    return Number(row?.n ?? 0)
  },

  /** @returns false when it had ended already */
  async end(tx: RawTx, id: string, now: Date): Promise<boolean> {
    const changed = await tx.$executeRawUnsafe(
      'update delegation set ended_at = $2::timestamptz where id = $1::uuid and ended_at is null',
      id,
      now,
    )
    return changed === 1
  },
}
