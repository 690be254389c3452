import { useCase, type Work } from '../../work.ts'
import { keepCase } from './case-access.ts'
import type { CaseToday } from './case-commands.ts'
import type { Fact } from './facts.ts'
import { caseToday, type HeldCase, writeCase } from './write-case.ts'

/**
 * A command on a case by whoever keeps it: the case is held, `decide` says what becomes a fact, and the fact is written.
 * @param action what the audit calls it
 * @param then what follows from it elsewhere, in the same transaction
 * @returns the use case, which gives the case's id; it is refused with NOT_FOUND, OWN_CASE, NOT_THE_OFFICE and what `decide` says
 */
export const onCase = <In extends { caseId: string }>(
  name: string,
  action: string,
  decide: (at: CaseToday & HeldCase, input: In, work: Work) => Fact | Promise<Fact>,
  then: (work: Work, held: HeldCase, input: In) => Promise<void> = async () => undefined,
) =>
  useCase(name, async (work, input: In) => {
    const held = await keepCase(work, input.caseId)
    const fact = await decide({ ...held, ...caseToday(work, held) }, input, work)
    await writeCase(work, held, action, fact)
    await then(work, held, input)
    return held.id
  })
