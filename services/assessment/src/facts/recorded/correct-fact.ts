import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { attributesOf, type GivenFact, quantityOf, requireDay } from './recorded-fact.ts'
import { keptFact, writeRecorded } from './write-recorded.ts'

const versionsAtMost = 50

export type CorrectFact = Omit<GivenFact, 'kind'> & { id: string; evidence: string; reason: string }

/**
 * Writes a new version of what was written down, with the reason; the old one stays and can be read.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, FACT_SAYS_OTHERWISE, FACT_WITHDRAWN, CONFLICT, FACT_CORRECTED_TOO_OFTEN
 */
export const correctFact = useCase('correctFact', async (work, input: CorrectFact): Promise<string> => {
  const before = await keptFact(work, input.id)
  if (before.withdrawn) fail('FACT_WITHDRAWN')
  const version = before.version + 1
  if (version > versionsAtMost) fail('FACT_CORRECTED_TOO_OFTEN', { found: before.version, wanted: versionsAtMost })
  requireDay(input.day, work.today)
  const { writtenAt, ...held } = before
  const fact = {
    ...{ ...held, version, day: input.day, quantity: quantityOf(input.quantity) },
    attributes: attributesOf(before.kind, input.attributes),
    evidence: requireReason(input.evidence, 'evidence'),
    reason: requireReason(input.reason),
  }
  return writeRecorded(work, fact, before, 'corrected')
})
