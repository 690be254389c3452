import { requireReason } from '@linghang/subgraph'
import { postponement } from './case-commands.ts'
import { onCase } from './on-case.ts'

/**
 * Puts off the discussion of the conversion of somebody who moved in on probation.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, POSTPONEMENT_NOT_ALLOWED, BAD_INPUT without a reason
 */
export const postponeConversion = onCase(
  'postponeConversion',
  'case.conversion-postponed',
  (at, { until, reason }: { caseId: string; until: string; reason: string }) =>
    postponement(at, until, requireReason(reason)),
)
