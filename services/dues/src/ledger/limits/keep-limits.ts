import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { periodOf } from './limit.ts'
import { limitStore } from './store.ts'

/**
 * Whether accounts may give so much: looked at under the lock of their balances, so that however many spend at once the
 * limit holds. What is held counts at once.
 * @param wanted.day for which it counts; the limit of its month is that which is in force today
 * @throws DomainError LIMIT_EXCEEDED
 */
export async function requireWithinLimits(
  { tx, today }: Work,
  wanted: readonly { accountId: string; amountFen: bigint; day: string }[],
): Promise<void> {
  const limits = await limitStore.inForce(
    tx,
    wanted.map(({ accountId }) => accountId),
    today,
  )
  if (limits.length === 0) return
  const asked = limits.flatMap(limit =>
    wanted
      .filter(({ accountId }) => accountId === limit.accountId)
      .map(({ amountFen, day }) => ({ ...limit, ...periodOf(limit.period, day), amountFen })),
  )
  const uses = await limitStore.usesOf(tx, asked, today)
  for (const [n, { limitFen, amountFen, period, from, until }] of asked.entries()) {
    const { usedFen = 0n, heldFen = 0n } = uses[n] ?? {}
    if (usedFen + heldFen + amountFen > limitFen)
      fail('LIMIT_EXCEEDED', {
        ...{ period, from, until, limit: `${limitFen}`, used: `${usedFen}`, held: `${heldFen}` },
        found: `${amountFen}`,
      })
  }
}
