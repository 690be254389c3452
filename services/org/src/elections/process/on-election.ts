import { useCase, type Work } from '../../work.ts'
import type { Fact } from './facts.ts'
import type { ElectionToday } from './preparing.ts'
import { type HeldElection, keepElection, writeElection } from './write-election.ts'

/**
 * A command on an election by whoever keeps it: it is held, `decide` says what becomes a fact, and the fact is written.
 * @param action what the audit calls it
 * @param then what follows from it elsewhere, in the same transaction
 * @returns the use case, which gives the election's id; it is refused with NOT_FOUND, FORBIDDEN and what `decide` says
 */
export const onElection = <In extends { electionId: string }, F extends Fact>(
  name: string,
  action: string,
  decide: (at: ElectionToday, input: In, work: Work) => F | Promise<F>,
  then: (work: Work, held: HeldElection, fact: F) => Promise<void> = async () => undefined,
) =>
  useCase(name, async (work, input: In) => {
    const held = await keepElection(work, input.electionId)
    const fact = await decide({ state: held.state, today: work.today }, input, work)
    await writeElection(work, held, action, fact)
    await then(work, held, fact)
    return held.id
  })
