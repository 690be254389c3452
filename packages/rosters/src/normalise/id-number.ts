import { type IdNumberContent, type IdNumberFault, readIdNumber } from '@linghang/rulebook'
import { accept, type Normaliser, type Refusal, refuse } from './reading.ts'
import { foldCode, isPowerOfTen } from './text.ts'

const wanted = { zh: '18 位公民身份号码', en: 'a citizen identity number of 18 characters' }

const damaged = refuse(
  'ID_NUMBER_DAMAGED_BY_SPREADSHEET',
  {
    zh: '身份号码被表格软件当成数字，后几位已丢失；请把该列设为“文本”后重新填写',
    en: 'a spreadsheet took the ID number for a number and lost its last digits; format the column as text and type it anew',
  },
  wanted,
)

const faults: Record<IdNumberFault, { refusal: Refusal }> = {
  OLD_15_DIGITS: refuse(
    'ID_NUMBER_OLD_15_DIGITS',
    { zh: '这是已停用的 15 位旧身份号码', en: 'this is an old ID number of 15 digits, which is no longer in use' },
    wanted,
  ),
  NOT_18_DIGITS: refuse(
    'ID_NUMBER_NOT_18_DIGITS',
    { zh: '身份号码应为 17 位数字加 1 位数字或 X', en: 'an ID number is 17 digits and a digit or X' },
    wanted,
  ),
  IMPOSSIBLE_BIRTH_DATE: refuse(
    'ID_NUMBER_BIRTH_DATE_IMPOSSIBLE',
    { zh: '身份号码第 7 至 14 位不是存在的日期', en: 'digits 7 to 14 of the ID number are not a date that exists' },
    wanted,
  ),
  CHECK_DIGIT: refuse(
    'ID_NUMBER_CHECKSUM',
    { zh: '身份号码校验位不符，号码有误', en: 'the check character of the ID number does not fit, a digit is wrong' },
    wanted,
  ),
}

/** A citizen identity number, whatever width, case or spaces it was typed in, and what it says about its holder. */
export const readIdNumberCell: Normaliser<IdNumberContent> = cell => {
  const folded = foldCode(cell).replace(/-/g, '').toUpperCase()
  if (isPowerOfTen(folded)) return damaged
  const content = readIdNumber(folded)
  if (!('fault' in content)) return accept(content)
  // A spreadsheet keeps 15 digits and fills up with zeros.
  if (content.fault === 'CHECK_DIGIT' && folded.endsWith('000')) return damaged
  return faults[content.fault]
}
