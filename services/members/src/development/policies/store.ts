import type { Tx } from '../../work.ts'

export const policyStore = {
  async inForce(tx: Tx, countyId: string): Promise<{ effectiveFrom: string; policy: unknown }[]> {
    const rows = await tx.$queryRawUnsafe<{ effective_from: string; policy: unknown }[]>(
      'select effective_from::text, policy from development_policy where county_id = $1::uuid order by effective_from',
      countyId,
    )
    return rows.map(({ effective_from, policy }) => ({ effectiveFrom: effective_from, policy }))
  },

  async insert(
    tx: Tx,
    policy: {
      id: string
      countyId: string
      effectiveFrom: string
      policy: unknown
      setBy: string | null
      setAt: Date
    },
  ): Promise<boolean> {
    const written = await tx.$executeRawUnsafe(
      `insert into development_policy (id, county_id, effective_from, policy, set_by, set_at)
       values ($1::uuid, $2::uuid, $3::date, $4::jsonb, $5::uuid, $6::timestamptz) on conflict do nothing`,
      policy.id,
      policy.countyId,
      policy.effectiveFrom,
      JSON.stringify(policy.policy),
      policy.setBy,
      policy.setAt.toISOString(),
    )
    return written === 1
  },
}
