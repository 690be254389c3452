import { addDays, type Period } from '@linghang/rulebook'
import { stretchAt } from '../../engine/spans.ts'
import { comparable, type Measure } from '../../packs/comparison/comparable.ts'
import type { DecidedPack } from '../../packs/decisions/decision.ts'
import { type Put, putTogether } from '../indices/series.ts'
import type { CountySum } from './county-sum.ts'

/** More than these nobody reads. */
const most = 300

export type ComparedValue = { countyId: string; sheets: number } & Put
export type ComparedMeasure = Omit<Measure, 'scales'> & { values: ComparedValue[] }
export type ComparedCounty = { countyId: string; pack: DecidedPack | null; leftOut: string[] }
export type Said = { zh: string; en: string }
export type CountyComparison = {
  period: Period | null
  said: Said
  counties: ComparedCounty[]
  measures: ComparedMeasure[]
}

/** The pack by which a county scored on a day. */
export const packOn = (packs: readonly DecidedPack[], day: string): DecidedPack | null =>
  packs.find(({ effectiveFrom, until }) => effectiveFrom <= day && (until === null || day <= until)) ?? null

/** Why nothing is compared: the times for which they score are of different length, or fewer than two score. */
export type NoTime = 'UNLIKE' | 'FEW'

/** The time that is compared: that of a day, or the last one that is over. */
export function timeOf(
  packsOf: ReadonlyMap<string, readonly DecidedPack[]>,
  on: string | null,
  today: string,
): Period | NoTime {
  const stretches = [...packsOf.values()].flatMap(packs => packOn(packs, on ?? today)?.document.period ?? [])
  const [stretch] = stretches
  if (!stretch || stretches.length < 2) return 'FEW'
  if (stretches.some(other => other !== stretch)) return 'UNLIKE'
  return stretchAt(stretch, on ?? addDays(stretchAt(stretch, today).from, -1))
}

const unlike: Said = {
  zh: '各县（市、区）计分周期不同，同一时间的得分不可比，不作对照。',
  en: 'The counties score for times of different length: their scores of a time say nothing side by side, and none are compared.',
}
const nobody: Said = {
  zh: '所选县（市、区）中这一时间有计分办法的不足两个，不作对照。',
  en: 'Fewer than two of the counties scored then: nothing is compared.',
}

/** What is compared and what is left out; counted, since the list of it stands beside. */
function sentence(counties: readonly ComparedCounty[], measures: readonly Measure[], { from, until }: Period): Said {
  const scoring = counties.filter(({ pack }) => pack !== null)
  const none = counties.length - scoring.length
  const count = (part: Measure['part']) => measures.filter(one => one.part === part).length
  const left = scoring.reduce((sum, { leftOut }) => sum + leftOut.length, 0)
  const [scores, indices, indicators] = [count('SCORE'), count('INDEX'), count('INDICATOR')]
  const zhNone = none > 0 ? `${none} 个县（市、区）当时没有计分，不在其内；` : ''
  const enNone = none > 0 ? `; ${none} did not score then` : ''
  if (measures.length === 0)
    return {
      zh: `${from} 至 ${until}：${zhNone}${scoring.length} 个县（市、区）的办法没有规定完全相同的项目，各县自有的 ${left} 项都不列入，不作对照。`,
      en: `${from} to ${until}: the packs of ${scoring.length} counties count nothing alike${enNone}; what each counts its own way, ${left} in all, is left out, and nothing is compared.`,
    }
  return {
    zh: `${from} 至 ${until}：只对照 ${scoring.length} 个县（市、区）规定完全相同的 ${scores} 项总分、${indices} 项指数、${indicators} 项指标；${zhNone}${left > 0 ? `规定不同的 ${left} 项不列入。` : '没有不列入的项目。'}`,
    en: `${from} to ${until}: ${scoring.length} counties are compared by what all of them count alike, ${scores} scores, ${indices} indices and ${indicators} indicators${enNone}; ${left > 0 ? `${left} that they count otherwise are left out` : 'nothing is left out'}.`,
  }
}

function valueIn(
  measure: Pick<Measure, 'part' | 'key' | 'combine' | 'subject'>,
  scale: string,
  sums: readonly CountySum[],
  packVersion: number,
): { sheets: number } & Put {
  const part = measure.part === 'SCORE' ? 'SHEETS' : measure.part
  const key = measure.part === 'SCORE' ? '' : measure.key
  const found = sums.find(
    one => one.packVersion === packVersion && one.part === part && one.scale === scale && one.key === key,
  )
  const { sheets = 0, points = 0 } = found ?? {}
  // Of members as of branches: an average of fewer than five is none.
  const of = measure.subject === 'MEMBER' ? 'MEMBER' : 'BRANCH'
  return { sheets, ...putTogether({ of, combine: measure.combine }, points, sheets) }
}

/**
 * Counties side by side in a time, by what their packs of its first day count alike. @param sums of that time, by county
 */
export function compareCounties(
  countyIds: readonly string[],
  packsOf: ReadonlyMap<string, readonly DecidedPack[]>,
  sums: ReadonlyMap<string, readonly CountySum[]>,
  time: Period | NoTime,
): CountyComparison {
  const isTime = typeof time === 'object'
  const of = (countyId: string) => (isTime ? packOn(packsOf.get(countyId) ?? [], time.from) : null)
  const scoring = countyIds.flatMap(countyId => {
    const pack = of(countyId)
    return pack ? [{ countyId, pack }] : []
  })
  const { samePeriod, measures, leftOut } = comparable(scoring.map(({ pack }) => pack.document))
  const counties = countyIds.map((countyId): ComparedCounty => {
    const place = scoring.findIndex(one => one.countyId === countyId)
    return { countyId, pack: scoring[place]?.pack ?? null, leftOut: leftOut[place] ?? [] }
  })
  const silent = (said: Said): CountyComparison => ({ period: null, said, counties, measures: [] })
  if (!isTime) return silent(time === 'FEW' ? nobody : unlike)
  if (scoring.length < 2) return silent(nobody)
  if (!samePeriod) return silent(unlike)
  return {
    period: time,
    said: sentence(counties, measures, time),
    counties,
    measures: measures.slice(0, most).map(({ scales, ...measure }) => ({
      ...measure,
      values: scoring.map(({ countyId, pack }, place) => ({
        countyId,
        ...valueIn(measure, scales[place] ?? '', sums.get(countyId) ?? [], pack.version),
      })),
    })),
  }
}
