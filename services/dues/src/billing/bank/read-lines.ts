import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Work } from '../../work.ts'
import type { BankLine } from './bank-line.ts'
import { bankStore } from './store.ts'

/** A line with what stands sealed in it: of people, so for whoever keeps the books alone. */
export type OpenedLine = Omit<BankLine, 'otherSealed' | 'wordsSealed'> & { other: string; words: string }

async function opened(work: Work, lines: readonly BankLine[]): Promise<OpenedLine[]> {
  const kept = await work.supervision.keptBooks([...new Set(lines.map(({ orgId }) => orgId))])
  const seal = work.seal()
  const text = (sealed: Uint8Array) => seal.open(sealed, 'bank-line').toString('utf8')
  return lines
    .filter(({ orgId }) => kept.has(orgId))
    .map(({ otherSealed, wordsSealed, ...line }) => ({ ...line, other: text(otherSealed), words: text(wordsSealed) }))
}

export const bankLineById = one(async (work: Work, ids) => {
  const lines = await opened(work, await bankStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(lines.map(line => [line.id, line]))
})
export const bankLinesOf = many(async (work: Work, keeperIds, stretch: Stretch, open: boolean) => {
  const found = await bankStore.linesIn(work.tx, keeperIds, stretch, open)
  const lines = new Map((await opened(work, [...found.values()].flat())).map(line => [line.id, line]))
  return new Map([...found].map(([id, rows]) => [id, rows.flatMap(row => lines.get(row.id) ?? [])]))
})
export const bankLineCountOf = count(async (work: Work, keeperIds, open: boolean) => {
  const keepers = await accountStore.realByIds(work.tx, work.actor.countyId, keeperIds)
  const kept = await work.supervision.keptBooks(keepers.map(({ orgId }) => orgId))
  const theirs = keepers.filter(({ orgId }) => kept.has(orgId)).map(({ id }) => id)
  return bankStore.lineCount(work.tx, theirs, open)
})
