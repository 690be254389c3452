import { createRandom } from '../rosters/random.ts'
import { type Target, targets } from './stack.ts'

/** What somebody does with the ledger: one or several steps, each sent until it is answered. */
export const scripts = [
  'INCOME',
  'INCOME_TAKEN_BACK',
  'INCOME_TWICE',
  'TRANSFER',
  'SPEND',
  'HELD_AND_SETTLED',
  'HELD_AND_RELEASED',
  'SETTLED_TWICE',
  'PAID_ONLINE',
] as const
export type Script = {
  name: string
  /** Which of those who are played at once: nobody pays online twice at the same time. */
  n: number
  kind: (typeof scripts)[number]
  from: number
  to: number
  fen: number
  less: number
}
/** Killed once so many scripts of a wave have come to their end. */
export type Fault = { target: Target; after: number }
export type Wave = { scripts: Script[]; faults: Fault[] }

export const accountCount = 50
/** As many as are played at once at most. */
export const payerCount = 1_000
/** Of the first of the accounts so much may be spent in a year, in fen; the storm asks for more. */
export const limited = 5
export const limitFen = 20_000

/** So often each is hit: the service, the database under it, what carries its events away, and the provider of payments. */
const weights: Record<Target, number> = { dues: 6, postgres: 3, kafka: 1, provider: 2 }
const hits = targets.flatMap(target => Array.from({ length: weights[target] }, () => target))

/**
 * Waves of so many scripts that are begun at once, half of them on one account and half on fifty, and what is killed in
 * their middle. The same seed gives the same plan.
 */
export function planStorm(seed: number, size: { faults: number; faultsAWave: number; scriptsAWave: number }): Wave[] {
  const random = createRandom(seed)
  const account = () => (random.chance(0.5) ? 0 : random.whole(0, accountCount - 1))
  return Array.from({ length: Math.ceil(size.faults / size.faultsAWave) }, (_, wave) => {
    const faults = Math.min(size.faultsAWave, size.faults - wave * size.faultsAWave)
    return {
      scripts: Array.from({ length: size.scriptsAWave }, (_, n) => {
        const from = account()
        const fen = random.whole(1, 500)
        return {
          ...{ name: `${wave}/${n}`, n, kind: random.pick(scripts), from, fen },
          ...{ to: (from + random.whole(1, accountCount - 1)) % accountCount, less: random.whole(1, fen) },
        }
      }),
      faults: Array.from({ length: faults }, (_, n) => ({
        target: random.pick(hits),
        // The last ones come before the wave has ebbed away.
        after: Math.floor((n / faults) * size.scriptsAWave * 0.9),
      })),
    }
  })
}
