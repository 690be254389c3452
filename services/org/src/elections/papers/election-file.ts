import { type ElectionPaper, type PaperDue, papersFor, paperTitle } from '@linghang/rulebook'
import type { DueException } from '../../life/meetings/meeting.ts'
import type { ElectionState } from '../process/election.ts'
import { postNames } from './words.ts'

/** What a branch wrote itself of a paper, of a candidate where it is about one. */
export type OwnText = { paper: ElectionPaper; memberId: string | null; paragraphs: readonly string[]; version: number }

/**
 * What papers need to know of an election, and nothing else. Null or an empty list stands for what is not known (yet);
 * the paper then leaves room for a pen. Names are those of the ballot: the register of this service holds none.
 */
export type ElectionFile = {
  id: string
  state: ElectionState
  organisation: { name: string; phone: string | null; secretary: string | null }
  /** The committee that decides, else the organisation above. */
  superior: string | null
  /** Party groups of the branch by name. */
  groups: readonly string[]
  /** The meeting that elects, as it is written down. */
  assembly: {
    place: string | null
    exceptions: readonly DueException[]
    leave: number
    absent: number
    onProbation: number
  } | null
  own: readonly OwnText[]
}

/** Seats as they were asked for: fewer may be left once the voters have consented. */
export const seatsAsked = ({ ballots, seats }: ElectionState): number =>
  ballots.find(({ kind }) => kind === 'MAIN')?.seats ?? seats

/** The day of the assembly, held or planned. */
export const assemblyDay = ({ assembly, plannedOn }: ElectionState): string => assembly?.on ?? plannedOn

/** The papers that it needs, each with its day. */
export const papersOf = ({ state, groups }: Pick<ElectionFile, 'state' | 'groups'>): PaperDue[] =>
  papersFor({
    ...{ kind: state.kind, assemblyOn: assemblyDay(state), termEnd: state.termEnd },
    ...{ seats: seatsAsked(state), posts: state.posts.length, groups: groups.length, days: state.rules.days },
  })

/** Names by member, as they were recommended and put forward. */
export const namesIn = ({ recommended, candidates }: ElectionState): ReadonlyMap<string, string> =>
  new Map([...(recommended?.people ?? []), ...(candidates?.people ?? [])].map(({ memberId, name }) => [memberId, name]))

/** What a paper of this election is called: its posts, equal numbers where nobody more stands, and who has no committee. */
export function titleOf({ state }: Pick<ElectionFile, 'state'>, name: ElectionPaper): string {
  const title = paperTitle(name, state)
  if (name === 'OFFICER_BALLOT') return title.replace('书记、副书记', postNames(state.posts))
  if (name === 'COMMITTEE_REPORT' && state.seats === 0) return title.replace('上届委员会', '党支部')
  const equal = state.candidates !== null && state.candidates.people.length <= seatsAsked(state)
  return name === 'COMMITTEE_BALLOT' && equal ? title.replace('差额', '等额') : title
}
