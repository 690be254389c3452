import { type IsoDate, isIsoDate } from '@linghang/rulebook'
import { dateOfSerial } from '../xlsx/cell-value.ts'
import { accept, type Normaliser, refuse } from './reading.ts'
import { foldCode } from './text.ts'

const wanted = {
  zh: '一个存在的日期，如 2021-07-01、2021.7.1、2021年7月1日、20210701',
  en: 'a date that exists, such as 2021-07-01, 2021.7.1, 2021年7月1日 or 20210701',
}

const notReadable = refuse('DATE_NOT_READABLE', { zh: '不是日期', en: 'this is not a date' }, wanted)
const impossible = refuse('DATE_IMPOSSIBLE', { zh: '没有这一天', en: 'there is no such day' }, wanted)
const incomplete = refuse('DATE_INCOMPLETE', { zh: '日期缺少“日”', en: 'the day of the month is missing' }, wanted)

const midnight = /(T|(?<=[日\d]))0?0:00(:00(\.0+)?)?Z?$/
/** The time of day that exports write behind a date. One in UTC may be of another day here and is not read. */
const timeOfDay = /T([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/
const separated = /^(\d{4})(?:[-./。、—–](\d{1,2})[-./。、—–](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)$/
const withoutDay = /^\d{4}([-./。、—–]\d{1,2}|年\d{1,2}月?)$/

function existing(year: string, month: string, day: string) {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return date >= '1900-01-01' && date < '2200-01-01' && isIsoDate(date) ? accept<IsoDate>(date) : impossible
}

/**
 * A calendar date in any of the ways people write one, or as a spreadsheet's day number. A date without a day and a day
 * that does not exist are refused, never completed.
 */
export const readDate: Normaliser<IsoDate> = cell => {
  const spaced = cell
    .normalize('NFKC')
    .trim()
    .replace(/\s+(?=\d{1,2}:\d{2})/, 'T')
  const folded = foldCode(spaced).replace(timeOfDay, '').replace(midnight, '')
  const parts = separated.exec(folded)
  if (parts) return existing(parts[1]!, parts[2] ?? parts[4]!, parts[3] ?? parts[5]!)
  if (/^\d{8}$/.test(folded)) return existing(folded.slice(0, 4), folded.slice(4, 6), folded.slice(6))
  if (/^\d{5}(\.\d+)?$/.test(folded)) {
    const date = dateOfSerial(Math.floor(Number(folded)))
    return date ? accept(date) : impossible
  }
  return withoutDay.test(folded) ? incomplete : notReadable
}
