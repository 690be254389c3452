import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { keptFact, writeRecorded } from './write-recorded.ts'

/** Takes back what was written down, with the reason: it counts no more. @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, FACT_WITHDRAWN, CONFLICT */
export const withdrawFact = useCase(
  'withdrawFact',
  async (work, input: { id: string; reason: string }): Promise<string> => {
    const before = await keptFact(work, input.id)
    if (before.withdrawn) fail('FACT_WITHDRAWN')
    const { writtenAt, ...held } = before
    const reason = requireReason(input.reason)
    return writeRecorded(work, { ...held, version: before.version + 1, withdrawn: true, reason }, before, 'withdrawn')
  },
)
