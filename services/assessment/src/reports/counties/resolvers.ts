import { fromId, ref, refOf, requireFirst } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { averageOf } from '../indices/series.ts'
import { packOn } from './comparison.ts'
import { scoresOf } from './county-sum.ts'
import {
  compare,
  mostTimes,
  packsOfCounties,
  peersKey,
  peersOfSheets,
  summedAtOfCounties,
  sumsOfCounties,
} from './read-counties.ts'

export const countyResolvers: Resolvers = {
  County: {
    scoringPack: async ({ uuid }, _, { load, today }) => packOn((await load(packsOfCounties, uuid)) ?? [], today),
    scoreSums: async ({ uuid }, { first }, { load }) => {
      const times = Math.min(requireFirst(first), mostTimes)
      const [packs, sums] = await Promise.all([load(packsOfCounties, uuid), load(sumsOfCounties, uuid, times)])
      return scoresOf(packs ?? [], sums ?? []).slice(0, times)
    },
    scoresSummedAt: ({ uuid }, _, { load }) => load(summedAtOfCounties, uuid),
  },
  ScoreSheet: {
    peers: async (sheet, _, { load }) => {
      const { sheets = 0, points = 0 } = (await load(peersOfSheets, peersKey(sheet))) ?? {}
      const { value, gap } = averageOf(points, sheets)
      return { average: value, gap, sheets }
    },
  },
  CountyScaleScores: { average: ({ value }) => value },
  City: {
    __resolveReference: refOf('City'),
    scoreComparison: ({ uuid }, { counties, on }, { actor, perform }) =>
      actor.cityId === undefined || actor.cityId !== uuid
        ? null
        : perform(
            work =>
              compare(
                work,
                counties.map(id => fromId('County', id, 'counties')),
                on ?? null,
              ),
            { city: true },
          ),
  },
  CountyComparison: {
    from: ({ period }) => period?.from ?? null,
    until: ({ period }) => period?.until ?? null,
  },
  ComparedCounty: {
    county: ({ countyId }) => ref('County', countyId),
    leftOut: ({ leftOut }) => leftOut.length,
    leftOutTitles: ({ leftOut }) => leftOut.slice(0, 300),
  },
  ComparedValue: { county: ({ countyId }) => ref('County', countyId) },
}
