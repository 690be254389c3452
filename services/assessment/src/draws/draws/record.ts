import { listText, orderOf, sha256 } from './order.ts'

/** What is published of a draw: before it without seed, and nobody drawn. */
export type DrawRecord = {
  id: string
  committee: string
  quarter: string
  draws: number
  listHash: string
  seedHash: string
  seed: string | null
  /** The white list. */
  white: readonly string[]
  drawn: readonly string[]
}

/** As lines of text, a word and its value each, which a shell can read as well. */
export const recordText = (record: DrawRecord): string =>
  [
    `draw ${record.id}`,
    `committee ${record.committee}`,
    `quarter ${record.quarter}`,
    `draws ${record.draws}`,
    `list-sha256 ${record.listHash}`,
    `seed-sha256 ${record.seedHash}`,
    ...(record.seed === null ? [] : [`seed ${record.seed}`]),
    ...record.white.toSorted().map(id => `WHITE ${id}`),
    ...record.drawn.map(id => `DRAWN ${id}`),
  ]
    .map(line => `${line}\n`)
    .join('')

const headings = ['draw', 'committee', 'quarter', 'draws', 'list-sha256', 'seed-sha256', 'seed'] as const
type Heading = (typeof headings)[number]

/** @returns null for a text that is no record of a draw */
export function readRecord(text: string): DrawRecord | null {
  const said = new Map<Heading, string>()
  const lists: Record<'WHITE' | 'DRAWN', string[]> = { WHITE: [], DRAWN: [] }
  for (const line of text.split('\n').filter(line => line.trim() !== '')) {
    const [, word, value] = /^([A-Za-z0-9-]+) (\S+)\s*$/.exec(line) ?? []
    if (word === undefined || value === undefined) return null
    if (word === 'WHITE' || word === 'DRAWN') lists[word].push(value)
    else if (headings.some(heading => heading === word) && !said.has(word as Heading)) said.set(word as Heading, value)
    else return null
  }
  const of = (heading: Heading) => said.get(heading)
  const [id, committee, quarter] = [of('draw'), of('committee'), of('quarter')]
  const [draws, listHash, seedHash] = [of('draws'), of('list-sha256'), of('seed-sha256')]
  if (!id || !committee || !quarter || !draws || !/^\d{1,4}$/.test(draws) || !listHash || !seedHash) return null
  return {
    ...{ id, committee, quarter, draws: Number(draws), listHash, seedHash, seed: of('seed') ?? null },
    ...{ white: lists.WHITE, drawn: lists.DRAWN },
  }
}

/** What does not hold of a record: `NOT_DRAWN` where there is no seed yet, and nothing of the draw to recompute. */
export type RecordFault = 'NOT_DRAWN' | 'LIST' | 'SEED' | 'DRAWN'

/** Recomputes a draw from what is published of it. @returns what does not hold, nothing where all does */
export function faultsOf({ white, listHash, seed, seedHash, draws, drawn }: DrawRecord): RecordFault[] {
  const list: RecordFault[] =
    sha256(listText(white)) === listHash && new Set(white).size === white.length ? [] : ['LIST']
  if (seed === null) return [...list, 'NOT_DRAWN']
  const right = orderOf(seed, white).slice(0, draws)
  const isRight = right.length === drawn.length && right.every((id, i) => drawn[i] === id)
  return [...list, ...(sha256(seed) === seedHash ? [] : ['SEED' as const]), ...(isRight ? [] : ['DRAWN' as const])]
}

/** Whether a draw is the one that was announced: of the same list, number and hashes. A record that holds by itself may be another. */
export const isAsAnnounced = (record: DrawRecord, announced: DrawRecord): boolean =>
  (['id', 'committee', 'quarter', 'draws', 'listHash', 'seedHash'] as const).every(
    key => record[key] === announced[key],
  )
