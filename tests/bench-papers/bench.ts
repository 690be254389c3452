import { archiveOf } from '@linghang/papers/archive'
import { papersOf } from '../../services/org/src/elections/papers/election-file.ts'
import { paperEntries } from '../../services/org/src/elections/papers/open-papers.ts'
import type { PapersSeen } from '../../services/org/src/elections/papers/read-papers.ts'
import { fullElection } from '../../services/org/test/election-files.ts'

/**
 * All papers of a county whose branches elect in one month, as the download of each makes them from its election's facts:
 * one archive after the other, and several at once. `npm run bench:election-papers -- [branches] [at once]`, 57 and 8 unless
 * told. What is read from the database beforehand is not in it: five statements an election.
 */
const branches = Number(process.argv[2] ?? 57)
const atOnce = Number(process.argv[3] ?? 8)
const mtime = new Date('2027-03-08T00:00:00Z')

const elections = Array.from({ length: branches }, (_, n): PapersSeen => {
  const file = fullElection()
  const organisation = { ...file.organisation, name: `中共甲街道第${n + 1}社区支部委员会` }
  return { ...file, id: `${n}`, organisation, asSuperior: true }
})

/** @returns bytes of the archive */
async function download(election: PapersSeen): Promise<number> {
  let bytes = 0
  for await (const part of archiveOf(paperEntries(election, mtime))) bytes += part.length
  return bytes
}

async function timed(run: () => Promise<number>): Promise<string> {
  const at = performance.now()
  const bytes = await run()
  const seconds = (performance.now() - at) / 1000
  return `${seconds.toFixed(1)} s, ${(bytes / 1_048_576).toFixed(1)} MiB`
}

async function oneAfterTheOther(): Promise<number> {
  let bytes = 0
  for (const election of elections) bytes += await download(election)
  return bytes
}

async function severalAtOnce(): Promise<number> {
  const left = [...elections]
  const desks = Array.from({ length: atOnce }, async () => {
    let bytes = 0
    for (let election = left.pop(); election; election = left.pop()) bytes += await download(election)
    return bytes
  })
  return (await Promise.all(desks)).reduce((all, bytes) => all + bytes, 0)
}

const papers = elections.reduce((all, election) => all + papersOf(election).length, 0)
// The first documents load the library and warm the compiler: neither way is to pay for it.
await download(elections[0] as PapersSeen)
console.log(`${branches} elections, ${papers} papers`)
console.log(`one archive after the other: ${await timed(oneAfterTheOther)}`)
console.log(`${atOnce} at once:                  ${await timed(severalAtOnce)}`)
