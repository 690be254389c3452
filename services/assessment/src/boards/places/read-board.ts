import type { Stretch } from '@linghang/database'
import type { Period } from '@linghang/rulebook'
import { defineErrors } from '@linghang/subgraph/errors'
import { toId } from '@linghang/subgraph/ids'
import type { PackDocument } from '../../packs/documents/pack.ts'
import type { Work } from '../../work.ts'
import type { BoardDecision, BoardKind } from '../decisions/decision.ts'
import { boardDecisionStore } from '../decisions/store.ts'
import { type Group, listOf, type Place } from './place.ts'
import { type Limits, limitsOf, readTimes, sourceOf, yearOf } from './read-standing.ts'
import type { BoardState } from './say-why.ts'
import { placeStore, type Source } from './store.ts'
import { timeAt } from './times.ts'
import { isFor, shownTo } from './who-reads.ts'

// A board that is not shown says why, and is no error: refused is only what cannot be read as a question.
const { fail } = defineErrors({})

export type AskedBoard = { kind: BoardKind; on: string | null; organisationId: string | null }
type Shown = {
  period: Period
  source: Source
  document: PackDocument
  groups: Group[]
  bounds: Limits
  /** At which branches the actor is shown places. */
  orgIds: string[]
}
/** A board as one actor is shown it: nothing of it but by the decision that holds today. */
export type Board = { asked: AskedBoard; state: BoardState; decision: BoardDecision | null; shown: Shown | null }
export type BoardPlace = Place & { board: Shown; kind: BoardKind }

/** The same organisations, of one and all below it where one is asked for. @throws DomainError NOT_FOUND */
async function within({ tx, actor }: Work, orgIds: readonly string[], organisationId: string | null) {
  if (organisationId === null) return [...orgIds]
  const below = await placeStore.below(tx, actor.countyId, organisationId)
  if (below.size === 0) fail('NOT_FOUND', { what: toId('Organisation', organisationId) })
  return orgIds.filter(id => below.has(id))
}

async function shownOf(work: Work, decision: BoardDecision, { kind, on, organisationId }: AskedBoard) {
  const { tx } = work
  const times = await readTimes(work, kind)
  const time = kind === 'YEAR_ORDER' ? yearOf(times, on) : timeAt(times, on)
  const found = time && (await sourceOf(work, kind, time))
  if (!found) return null
  const { source, document } = found
  const orgIds = await within(work, await shownTo(work, decision, await placeStore.seats(tx, source)), organisationId)
  const all = await placeStore.groups(tx, source)
  const groups = kind === 'YEAR_ORDER' ? all.filter(({ committeeId }) => committeeId === organisationId) : all
  return { period: time.period, source, document, groups, bounds: limitsOf(groups, decision), orgIds }
}

/**
 * A board as the actor is shown it today: by the decision that holds, of sheets that are published, of those for whom the
 * decision says. Without a decision nothing at all is read. In a transaction that sees the county, since a rank is among all.
 * @throws DomainError BAD_INPUT, NOT_FOUND
 */
export async function readBoard(work: Work, asked: AskedBoard): Promise<Board> {
  const { tx, actor, today } = work
  const decision = (await boardDecisionStore.on(tx, actor.countyId, today)).get(asked.kind) ?? null
  if (decision === null) return { asked, decision, state: 'NOT_DECIDED', shown: null }
  if (!isFor(work, decision)) return { asked, decision, state: 'NOT_FOR_YOU', shown: null }
  if (asked.kind === 'YEAR_ORDER' && asked.organisationId === null)
    fail('BAD_INPUT', {
      ...{ field: 'organisationId', found: '' },
      ...{ wanted: 'the committee whose order it is', wantedZh: '要查看排名的党委' },
    })
  const shown = await shownOf(work, decision, asked)
  if (shown === null) return { asked, decision, state: 'NOT_PUBLISHED', shown }
  // A year's order is not so much as counted for whom it does not concern.
  if (asked.kind === 'YEAR_ORDER' && shown.orgIds.length === 0)
    return { asked, decision, state: 'NOT_FOR_YOU', shown: null }
  return { asked, decision, state: 'SHOWN', shown }
}

/** A stretch of what was shown of a board. */
export async function readPlaces({ tx }: Work, kind: BoardKind, shown: Shown, stretch: Stretch): Promise<BoardPlace[]> {
  const places = await placeStore.places(tx, shown.source, shown, stretch)
  return places.map(place => ({ ...place, board: shown, kind }))
}

export const countPlaces = ({ tx }: Work, { source, ...shown }: Shown): Promise<number> =>
  placeStore.count(tx, source, shown)

/** On which list a place stands; null on boards that have none. */
export function listOfPlace({ board: { bounds }, kind, groupKey, rank }: BoardPlace) {
  const own = bounds.find(({ key }) => key === groupKey)
  return kind === 'RED_BLACK' && own ? listOf(rank, own) : null
}
