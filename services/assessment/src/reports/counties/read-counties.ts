import { countiesSummed } from '@linghang/access'
import { one } from '@linghang/subgraph'
import { packStore } from '../../packs/decisions/store.ts'
import type { SheetRow } from '../../sheets/reading/sheet-row.ts'
import type { Work } from '../../work.ts'
import { type CountyComparison, compareCounties, timeOf } from './comparison.ts'
import { fail } from './errors.ts'
import { countySumStore } from './store.ts'

const forCity = { city: true } as const
/** So many counties stand side by side at most, and so many times of one behind another. */
const mostCompared = 50
export const mostTimes = 12

/** Reads of the counties whose sums the actor sees; nothing is asked where there is none of them. */
const summed =
  <V>(read: (tx: Work['tx'], countyIds: readonly string[]) => Promise<Map<string, V>>) =>
  async (work: Work, countyIds: readonly string[]): Promise<Map<string, V>> => {
    const seen = await countiesSummed(work, countyIds)
    return seen.length === 0 ? new Map() : read(work.tx, seen)
  }

/** What counties have decided, for whoever may see their sums: one statement for all. */
export const packsOfCounties = one(summed(packStore.decidedOf), forCity)

/** What the sheets of counties come to, for whoever may see their sums: one statement for all. */
export const sumsOfCounties = one(
  (work: Work, countyIds, times: number) =>
    summed((tx, seen) => countySumStore.newest(tx, seen, times))(work, countyIds),
  forCity,
)

export const summedAtOfCounties = one(summed(countySumStore.summedAt), forCity)

/** A time, a pack and a scale of the actor's county, by which sheets are peers. */
export const peersKey = ({ periodFrom, periodUntil, packVersion, scale }: SheetRow): string =>
  [periodFrom, periodUntil, packVersion, scale].join('/')

/**
 * What the county's sheets of these times come to; with the county's rights, since an average of at least five tells of none
 * of them. Asked for nothing but sheets that were shown: one statement for all.
 */
export const peersOfSheets = one(
  async ({ tx, actor }: Work, keys) => {
    const found = await countySumStore.ofSheets(tx, actor.countyId, [...new Set(keys.map(key => key.slice(0, 10)))])
    return new Map(found.map(sum => [[sum.from, sum.until, sum.packVersion, sum.scale].join('/'), sum]))
  },
  { rights: 'COUNTY' },
)

/**
 * Counties of the actor's city side by side: three statements, whatever their number. @throws DomainError BAD_INPUT, NOT_FOUND
 */
export async function compare(work: Work, countyIds: readonly string[], on: string | null): Promise<CountyComparison> {
  const wanted = [...new Set(countyIds)]
  if (wanted.length < 2 || countyIds.length > mostCompared)
    fail('BAD_INPUT', {
      ...{ field: 'counties', found: wanted.length },
      ...{ wanted: `two to ${mostCompared} counties`, wantedZh: `2 至 ${mostCompared} 个县（市、区）` },
    })
  const seen = await countiesSummed(work, wanted)
  const foreign = wanted.find(id => !seen.includes(id))
  if (foreign !== undefined) fail('NOT_FOUND', { what: `County:${foreign}` })
  const packs = await packStore.decidedOf(work.tx, wanted)
  const time = timeOf(packs, on, work.today)
  const sums = typeof time === 'object' ? await countySumStore.ofTime(work.tx, wanted, time) : new Map()
  return compareCounties(wanted, packs, sums, time)
}
