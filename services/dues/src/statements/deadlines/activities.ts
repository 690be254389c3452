import { type Perform, systemActor } from '@linghang/access'
import type { Work } from '../../work.ts'
import { followStatements } from './follow-statements.ts'

/** What the schedule of statements has the dues service do; by this name it asks for it. */
export const statementActivities = ({ perform }: { perform: Perform<Work> }) => ({
  async followStatements({ countyId }: { countyId: string }): Promise<{ changed: number }> {
    return { changed: await perform(systemActor(countyId), followStatements, { timeoutMs: 60_000 }) }
  },
})
