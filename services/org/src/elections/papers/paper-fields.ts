import { type Asked, askFacts, type Readers } from '@linghang/documents'
import { bySurnameStrokes, candidatesWanted } from '@linghang/rulebook'
import type { Ballot, ElectionState } from '../process/election.ts'
import type { Named, Recommended } from '../process/facts.ts'
import { assemblyDay, type ElectionFile, namesIn, seatsAsked } from './election-file.ts'
import { postsWord } from './words.ts'

const number = (count: number | null | undefined): string | null => (count == null ? null : String(count))

/** Values that papers take from an election. */
const values = {
  organisation: ({ organisation }: ElectionFile) => organisation.name,
  superior: ({ superior }: ElectionFile) => superior,
  phone: ({ organisation }: ElectionFile) => organisation.phone,
  secretary: ({ organisation }: ElectionFile) => organisation.secretary,
  reason: ({ state }: ElectionFile) => state.reason,
  fullMembers: ({ state }: ElectionFile) => number(state.fullMembers),
  seats: ({ state }: ElectionFile) => number(seatsAsked(state) || null),
  posts: ({ state }: ElectionFile) => postsWord(state.posts) || null,
  candidatesWanted: ({ state }: ElectionFile) =>
    seatsAsked(state) === 0 ? null : number(candidatesWanted(state.kind, seatsAsked(state), state.consentToEqual)),
  place: ({ assembly }: ElectionFile) => assembly?.place ?? null,
  due: ({ state }: ElectionFile) => number(state.assembly?.due),
  present: ({ state }: ElectionFile) => number(state.assembly?.present),
} satisfies Readers<ElectionFile, string>

/** Days that papers take from an election. */
const days = {
  termEnd: ({ state }: ElectionFile) => state.termEnd,
  assemblyOn: ({ state }: ElectionFile) => assemblyDay(state),
  recommendedOn: ({ state }: ElectionFile) => state.recommended?.on ?? null,
  announcedFrom: ({ state }: ElectionFile) => state.announced?.from ?? null,
  announcedUntil: ({ state }: ElectionFile) => state.announced?.until ?? null,
} satisfies Readers<ElectionFile, string>

/** Somebody who stands for a post or was elected to it, by the name on the ballot. */
export type Standing = { post: ElectionState['posts'][number]; memberId: string; name: string }

/** How a paper asks an election, and for what has parts of its own. */
export type Fields = Asked<keyof typeof values, keyof typeof days> & {
  /** Who stands for the committee, by the strokes of their surnames. */
  candidates: () => readonly Named[]
  recommended: () => readonly Recommended[]
  /** Who is proposed for secretary and deputies, in the order that was agreed to. */
  proposed: () => readonly Standing[]
  /** The votes on the committee, or on secretary and deputies, that were counted. */
  counted: (of: 'COMMITTEE' | 'POSTS') => readonly Counted[]
  elected: () => readonly Named[]
  officers: () => readonly Standing[]
  exceptions: () => readonly NonNullable<ElectionFile['assembly']>['exceptions'][number][]
}
export type Counted = Ballot & { counted: NonNullable<Ballot['counted']> }

export function readFields(file: ElectionFile): Fields {
  const fields = askFacts<ElectionFile, keyof typeof values, keyof typeof days>(file, values, days)
  const { state } = file
  const names = namesIn(state)
  const nameOf = (memberId: string) => names.get(memberId) ?? ''
  const list = <T>(name: string, found: readonly T[] | null | undefined): readonly T[] =>
    fields.latest(name, found && found.length > 0 ? [found] : []) ?? []
  const standing = (posts: readonly { post: Standing['post']; memberId: string }[] | undefined): Standing[] =>
    (posts ?? []).map(({ post, memberId }) => ({ post, memberId, name: nameOf(memberId) }))
  return {
    ...fields,
    candidates: () =>
      list(
        'candidates',
        bySurnameStrokes(state.candidates?.people ?? [], ({ name }) => name),
      ),
    recommended: () => list('recommended', state.recommended?.people),
    proposed: () => list('proposed', standing(state.candidates?.posts)),
    counted: of =>
      list(
        of === 'POSTS' ? 'officerBallots' : 'committeeBallots',
        state.ballots.filter(
          (one): one is Counted => one.counted !== null && (one.kind === 'POSTS') === (of === 'POSTS'),
        ),
      ),
    elected: () =>
      list(
        'elected',
        state.elected.map(memberId => ({ memberId, name: nameOf(memberId) })),
      ),
    officers: () => list('officers', standing(state.officers)),
    // That nobody is left out is an answer; that nobody has written the meeting down is none.
    exceptions: () => fields.latest('attendance', file.assembly ? [file.assembly.exceptions] : []) ?? [],
  }
}
