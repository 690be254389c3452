import { type Perform, systemActor, unlessItMoves } from '@linghang/access'
import type { Work } from '../../work.ts'
import { followStatements } from './follow-statements.ts'

/** What the schedule of statements has the dues service do; by this name it asks for it. */
export const statementActivities = ({ perform }: { perform: Perform<Work> }) => ({
  async followStatements({ countyId }: { countyId: string }): Promise<{ changed: number }> {
    const changed = await unlessItMoves(perform(systemActor(countyId), followStatements, { timeoutMs: 60_000 }))
    return { changed: changed ?? 0 }
  },
})
