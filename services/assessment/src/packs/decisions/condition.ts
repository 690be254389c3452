import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import type { Indicator } from '../documents/pack.ts'

type Words = { zh: string; en: string }

const times: Record<Indicator['per'], Words> = {
  FACT: { zh: '每次', en: 'each time' },
  MONTH: { zh: '每月', en: 'each month' },
  QUARTER: { zh: '每季度', en: 'each quarter' },
  HALF_YEAR: { zh: '每半年', en: 'each half year' },
  YEAR: { zh: '每年', en: 'each year' },
  PERIOD: { zh: '每期', en: 'once a sheet' },
}
const whose = {
  SELF: { zh: '', en: '' },
  MEMBERS: { zh: '所属党员的', en: ' of its members' },
  BELOW: { zh: '下级的', en: ' of what stands below' },
} as const

function lookedAt({ reads }: Pick<Indicator, 'reads'>): Words {
  if ('scores' in reads)
    return reads.scores === 'MEMBERS'
      ? { zh: '所属党员的得分', en: 'the scores of its members' }
      : { zh: '下级组织的得分', en: 'the scores of what stands below' }
  const { name } = factKinds[reads.kind as keyof typeof factKinds]
  return { zh: `${whose[reads.of].zh}“${name.zh}”`, en: `“${name.en}”${whose[reads.of].en}` }
}

/** What is looked at and how often, in the office's words and in English; the expressions stand beside it. */
export function conditionOf(indicator: Pick<Indicator, 'reads' | 'per' | 'carry'>): Words {
  const [what, { zh, en }] = [lookedAt(indicator), times[indicator.per]]
  return {
    zh: `${zh}按${what.zh}计${indicator.carry ? '；没有新的记录时沿用上一次' : ''}`,
    en: `Counted ${en} by ${what.en}${indicator.carry ? '; where nothing new is recorded, as it was the last time' : ''}`,
  }
}
