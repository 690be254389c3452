import { addMonths, type IsoDate, monthOf } from '../calendar.ts'
import { type Citation, practiceArticle } from '../deadline.ts'
import { inDues } from './sources.ts'

/** After how many whole months without dues each thing follows; a county may decide otherwise, but for the last. */
export type ArrearsLadder = { yellowAfter: number; redAfter: number; talkAfter: number; warnAfter: number }
export const usualArrearsLadder: ArrearsLadder = { yellowAfter: 1, redAfter: 2, talkAfter: 3, warnAfter: 5 }

/** Six months in a row without good reason: what follows is the branch's to hear and to decide (art. 13, 党章第九条). */
export const matterAfter = 6
export const matterCitation: Citation = inDues('2008', '第十三条')
export const ladderCitation: Citation = {
  ...{
    article: practiceArticle,
    source: '逾期一个月黄灯、两个月红灯、三个月谈话、五个月提醒支部',
    certainty: 'RECALLED',
  },
}

export type ArrearsLight = 'GREEN' | 'YELLOW' | 'RED'
/** @param months whole months that are over and of which something is open */
export function lightOf(months: number, { yellowAfter, redAfter }: ArrearsLadder): ArrearsLight {
  if (months >= redAfter) return 'RED'
  return months >= yellowAfter ? 'YELLOW' : 'GREEN'
}

/** Whether a ladder climbs: each rung not before the one below it, all before the law's own six months. */
export const climbs = ({ yellowAfter, redAfter, talkAfter, warnAfter }: ArrearsLadder): boolean =>
  [1, yellowAfter, redAfter, talkAfter, warnAfter, matterAfter - 1].every(
    (rung, n, all) => Number.isInteger(rung) && (n === 0 || rung >= (all[n - 1] as number)),
  )

/** On which days what follows, of somebody who has paid nothing since a month. @param since any day of the first open month */
export function arrearsDates(since: IsoDate, { talkAfter, warnAfter }: ArrearsLadder) {
  const after = (months: number): IsoDate => addMonths(monthOf(since), months)
  return [
    { rule: 'DUES_TALK' as const, dueOn: after(talkAfter), citation: ladderCitation },
    { rule: 'DUES_WARNING' as const, dueOn: after(warnAfter), citation: ladderCitation },
    { rule: 'DUES_MATTER' as const, dueOn: after(matterAfter), citation: matterCitation },
  ]
}
