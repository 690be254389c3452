import { DomainError } from '@linghang/subgraph/errors'
import { type LimitPeriod, limitPeriods } from '../../ledger/limits/limit.ts'

/** That a request was beyond a limit when it was to be approved. */
export type LimitRefusal = {
  id: string
  orgId: string
  spendingId: string
  period: LimitPeriod
  fromOn: string
  untilOn: string
  limitFen: bigint
  usedFen: bigint
  heldFen: bigint
  wantedFen: bigint
  refusedAt: Date
}
export type Refused = Omit<LimitRefusal, 'id' | 'orgId' | 'spendingId' | 'refusedAt'>

/** What a refusal says of the limit; null for any other fault. */
export function refusedBy(error: unknown): Refused | null {
  if (!(error instanceof DomainError) || error.code !== 'LIMIT_EXCEEDED') return null
  const { from, until, limit, used, held, found } = error.params
  const period = limitPeriods.find(name => name === error.params.period)
  if (!period) throw new Error(`a limit of the period ${error.params.period}`)
  const [limitFen, usedFen, heldFen, wantedFen] = [limit, used, held, found].map(fen => BigInt(`${fen}`))
  return { period, fromOn: `${from}`, untilOn: `${until}`, limitFen, usedFen, heldFen, wantedFen } as Refused
}
