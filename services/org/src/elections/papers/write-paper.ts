import { recordAudit, recordHash } from '@linghang/access'
import { type ElectionPaper, paperTitle } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import type { ElectionState } from '../process/election.ts'
import { requireOpen } from '../process/preparing.ts'
import { keepElection } from '../process/write-election.ts'
import { fail } from './errors.ts'
import { templateOf } from './fill-paper.ts'
import { paperStore } from './store.ts'

const paperTextLimits = { paragraphs: 60, paragraphCharacters: 1_000, versions: 100 } as const

const atMost = (what: string, found: number, wanted: number): void => {
  if (found > wanted) fail('PAPER_TEXT_TOO_LONG', { what, found, wanted })
}

/** @throws DomainError PAPER_HAS_NO_OWN_WORDS, PAPER_WANTS_A_CANDIDATE, PAPER_IS_OF_NOBODY */
function requireOwnWords(state: ElectionState, paper: ElectionPaper, memberId: string | null): void {
  const at = { found: paper, title: paperTitle(paper, state) }
  const { own } = templateOf(paper)
  if (own === undefined) fail('PAPER_HAS_NO_OWN_WORDS', at)
  if (own === 'TEXT' && memberId !== null) fail('PAPER_IS_OF_NOBODY', at)
  const standing = [...(state.candidates?.people ?? []), ...(state.candidates?.posts ?? [])]
  if (own === 'CANDIDATES' && !standing.some(one => one.memberId === memberId))
    fail('PAPER_WANTS_A_CANDIDATE', { ...at, memberId: memberId === null ? '-' : toId('Member', memberId) })
}

export type WritePaper = {
  electionId: string
  paper: ElectionPaper
  /** Of whom it is, where a paper is about candidates. */
  memberId: string | null
  /** None leaves room for a pen again. */
  paragraphs: readonly string[]
}

/**
 * What the branch writes itself of a paper, such as the committee's report: kept as text, version by version, until the
 * election is over.
 * @returns the election's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, ELECTION_CLOSED, BAD_INPUT, PAPER_TEXT_TOO_LONG and as `requireOwnWords`
 */
export const writeElectionPaper = useCase('writeElectionPaper', async (work, input: WritePaper) => {
  const { electionId, paper, memberId } = input
  const { tx, actor, now } = work
  const { state } = await keepElection(work, electionId)
  requireOpen(state)
  requireOwnWords(state, paper, memberId)
  atMost('paragraphs', input.paragraphs.length, paperTextLimits.paragraphs)
  const paragraphs = input.paragraphs.map(said =>
    requireReason(said, 'paragraphs', paperTextLimits.paragraphCharacters),
  )
  const written = (await paperStore.ownOf(tx, actor.countyId, [electionId])).get(electionId) ?? []
  const before = written.find(one => one.paper === paper && one.memberId === memberId)
  const version = (before?.version ?? 0) + 1
  atMost('versions', version, paperTextLimits.versions)
  await paperStore.write(tx, actor.countyId, {
    ...{ electionId, orgId: state.orgId, paper, memberId, paragraphs, version },
    ...{ writtenAt: now, writtenBy: actor.accountId },
  })
  await recordAudit(work, [
    {
      ...{ orgId: state.orgId, action: 'election.paper-written', subjectType: 'Election', subjectId: electionId },
      beforeHash: before ? recordHash(before.paragraphs) : null,
      afterHash: recordHash(paragraphs),
    },
  ])
  return electionId
})
