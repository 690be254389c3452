import { type Actor, once } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import { keepCase } from './case-access.ts'
import { postponement } from './case-commands.ts'
import { caseToday, writeCase } from './write-case.ts'

/**
 * Puts off the discussion of the conversion of somebody who moved in on probation.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, POSTPONEMENT_NOT_ALLOWED, BAD_INPUT without a reason
 */
export function postponeConversion(deps: Deps) {
  return (
    actor: Actor,
    input: { caseId: string; until: string; reason: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'postponeConversion', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        const fact = postponement(caseToday(deps, held), input.until, requireReason(input.reason))
        await writeCase(deps, tx, actor, held, 'case.conversion-postponed', fact)
        return held.id
      }),
    )
}
