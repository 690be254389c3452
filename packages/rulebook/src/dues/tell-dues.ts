import type { DuesExplanation } from './explain-dues.ts'
import type { DuesCategory } from './rates.ts'

const zhNames: Readonly<Record<DuesCategory, string>> = {
  MONTHLY_SALARY: '按月领取工资的党员',
  ANNUAL_SALARY: '实行年薪制的党员',
  NO_FIXED_SALARY: '不按月取得收入的党员',
  RETIRED: '离退休党员',
  FARMER: '农民党员',
  STUDENT: '学生党员',
  UNEMPLOYED: '下岗失业的党员',
  ON_RELIEF: '依靠抚恤或救济生活、领取最低生活保障金的党员',
}
const enNames: Readonly<Record<DuesCategory, string>> = {
  MONTHLY_SALARY: 'A member paid by the month',
  ANNUAL_SALARY: 'A member paid by the year',
  NO_FIXED_SALARY: 'A member without monthly pay',
  RETIRED: 'A retired member',
  FARMER: 'A member who is a farmer',
  STUDENT: 'A member who is a student',
  UNEMPLOYED: 'A member laid off or without work',
  ON_RELIEF: 'A member on relief or the minimum allowance',
}

/** A sum in fen, as offices write it: `5000.01`. */
export const inYuan = (fen: bigint): string => `${fen / 100n}.${`${fen % 100n}`.padStart(2, '0')}`

/** A part of a fen too, without an end of zeros, but never without jiao and fen. */
function exactYuan(exactFen: string): string {
  const [whole = '0', places = ''] = exactFen.split('.')
  return `${inYuan(BigInt(whole))}${places}`
}

/** 5 of a thousand: `0.5%`. */
const percentOf = (perMille: bigint): string =>
  perMille % 10n === 0n ? `${perMille / 10n}%` : `${perMille / 10n}.${perMille % 10n}%`

/** The explanation as an officer reads it aloud to whoever asks why. */
export function tellDues(dues: DuesExplanation): { zh: string; en: string } {
  const { category, income, bracket, exactFen, rounding, roundedFen, usualAtMostFen, dueFen, citations } = dues
  const articlesOf = Map.groupBy(citations, ({ source }) => source)
  const sources = [...articlesOf].map(([source, cited]) => ({ source, articles: cited.map(({ article }) => article) }))
  const byZh = sources.map(({ source, articles }) => `${source}${articles.join('、')}`).join('；')
  const byEn = sources.map(({ source, articles }) => `${source} ${articles.join(', ')}`).join('; ')
  const due = inYuan(dueFen)
  if (income === null || bracket === null || exactFen === null)
    return {
      zh: `${zhNames[category]}每月交纳党费 ${due} 元（${byZh}）。`,
      en: `${enNames[category]} pays ${due} yuan a month (${byEn}).`,
    }
  const base = inYuan(dues.baseFen ?? 0n)
  const { overFen, upToFen, perMille } = bracket
  const [over, upTo] = [inYuan(overFen), upToFen === null ? null : inYuan(upToFen)]
  const rangeZh =
    upTo === null ? `${over} 元以上` : overFen === 0n ? `${upTo} 元以下（含）` : `${over} 元以上至 ${upTo} 元（含）`
  const rangeEn = upTo === null ? `over ${over}` : overFen === 0n ? `up to ${upTo}` : `over ${over} and up to ${upTo}`
  const fromZh = income.months === 1 ? '' : `上季度收入 ${inYuan(income.fen)} 元，平均`
  const fromEn = income.months === 1 ? '' : `received ${inYuan(income.fen)} yuan in the quarter before, on average`
  const cap = usualAtMostFen === null ? null : inYuan(usualAtMostFen)
  return {
    zh: [
      `${zhNames[category]}：${fromZh}月计算基数 ${base} 元，属于 ${rangeZh}，按 ${percentOf(perMille)} 计算为 ${exactYuan(exactFen)} 元，`,
      `四舍五入到${rounding === 'FEN' ? '分' : '角'}为 ${inYuan(roundedFen)} 元，`,
      cap === null ? '' : `一般不超过 ${cap} 元，多交自愿，`,
      `每月交纳 ${due} 元（${byZh}）。`,
    ].join(''),
    en: [
      `${enNames[category]}${fromEn ? ` ${fromEn}` : ''}: a monthly base of ${base} yuan, ${rangeEn}, at ${percentOf(perMille)} `,
      `${exactYuan(exactFen)}, rounded to the ${rounding === 'FEN' ? 'fen' : 'jiao'} ${inYuan(roundedFen)}`,
      cap === null ? '' : `, generally ${cap} at most and more of one’s own will`,
      `: ${due} yuan a month (${byEn}).`,
    ].join(''),
  }
}
